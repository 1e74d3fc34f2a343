/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.mesh;

import org.jspecify.annotations.NullMarked;
