/** What this peer found when it looked at its segment as a boot client would. */
@NullMarked
package org.pxemesh.agent.watch;

import org.jspecify.annotations.NullMarked;
