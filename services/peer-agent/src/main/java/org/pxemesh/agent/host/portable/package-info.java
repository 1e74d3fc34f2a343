/** The host anywhere a JVM runs: plain NIO. */
@NullMarked
package org.pxemesh.agent.host.portable;

import org.jspecify.annotations.NullMarked;
