/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.segment;

import org.jspecify.annotations.NullMarked;
