/** The agent's face on loopback: status, health and metrics for whoever sits at the machine. */
@NullMarked
package org.pxemesh.agent.local;

import org.jspecify.annotations.NullMarked;
