/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.watch;

import org.jspecify.annotations.NullMarked;
