/** A branch office in one JVM: several agents, a real broker, and an HQ that serves content. */
@NullMarked
package org.pxemesh.agent.site;

import org.jspecify.annotations.NullMarked;
