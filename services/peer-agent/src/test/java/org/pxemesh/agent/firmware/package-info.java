/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.firmware;

import org.jspecify.annotations.NullMarked;
