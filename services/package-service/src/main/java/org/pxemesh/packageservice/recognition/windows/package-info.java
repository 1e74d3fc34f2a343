/** Windows PE out of WAIK, ADK, Windows media and ConfigMgr: what is found where, and what becomes of it. */
@NullMarked
package org.pxemesh.packageservice.recognition.windows;

import org.jspecify.annotations.NullMarked;
