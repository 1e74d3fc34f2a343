/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.identity;

import org.jspecify.annotations.NullMarked;
