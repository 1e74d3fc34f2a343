/** Peer-agents of a lab. */
@NullMarked
package org.pxemesh.lab.agent;

import org.jspecify.annotations.NullMarked;
