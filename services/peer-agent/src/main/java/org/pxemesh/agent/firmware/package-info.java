/** What this peer and its neighbours learned about the firmware of boot clients, and which form a client gets by it. */
@NullMarked
package org.pxemesh.agent.firmware;

import org.jspecify.annotations.NullMarked;
