/** The elected peer's connection to HQ, the signed snapshot that follows from it, and the events that go up. */
@NullMarked
package org.pxemesh.agent.uplink;

import org.jspecify.annotations.NullMarked;
