/** From the command line to a running agent: Quarkus, the beans, and start-up problems in one line. */
@NullMarked
package org.pxemesh.agent.start;

import org.jspecify.annotations.NullMarked;
