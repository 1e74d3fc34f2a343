/** Tests of the agent's start, as a process of its own. */
@NullMarked
package org.pxemesh.agent.start;

import org.jspecify.annotations.NullMarked;
