/** The agent's settings under {@code pxemesh.*}. */
@NullMarked
package org.pxemesh.agent.config;

import org.jspecify.annotations.NullMarked;
