/** Boot programs' requests as logs and captures show them, replayed against real agents by a client that behaves alike. */
@NullMarked
package org.pxemesh.lab.replay;

import org.jspecify.annotations.NullMarked;
