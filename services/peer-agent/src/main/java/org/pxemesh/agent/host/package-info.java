/** All that is specific to an operating system, behind one interface; {@code linux} and {@code portable} implement it. */
@NullMarked
package org.pxemesh.agent.host;

import org.jspecify.annotations.NullMarked;
