/** Tests of the package of the same name. */
@NullMarked
package org.pxemesh.agent.store;

import org.jspecify.annotations.NullMarked;
