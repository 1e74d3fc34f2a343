/** The boot HTTP server: boot files, the check-in of booted systems, and content for other peers. */
@NullMarked
package org.pxemesh.agent.http;

import org.jspecify.annotations.NullMarked;
