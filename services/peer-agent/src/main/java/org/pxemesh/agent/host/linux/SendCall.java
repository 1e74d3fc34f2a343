package org.pxemesh.agent.host.linux;

import java.lang.foreign.MemorySegment;

/** sendmmsg and what it says of an error. */
interface SendCall {

    /** How many of the messages left; negative: none, and {@link #errno()} says why. */
    int send(int socket, MemorySegment messages, int count);

    /** Why the last call failed. */
    int errno();
}
