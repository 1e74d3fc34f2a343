/** When what sites observed of a firmware is good enough to tell all others. */
@NullMarked
package org.pxemesh.policy.firmware;

import org.jspecify.annotations.NullMarked;
