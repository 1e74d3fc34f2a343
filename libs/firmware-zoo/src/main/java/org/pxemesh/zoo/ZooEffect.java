package org.pxemesh.zoo;

import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;

/** What a model does. */
public sealed interface ZooEffect {

    /** Sends a datagram from a port of its own. */
    record Send(int fromPort, Endpoint to, byte[] payload) implements ZooEffect {}

    /**
     * Notes a server's answer for the audit, whether the firmware believed it or not.
     *
     * @param afterMillis since the request was sent
     */
    record SawReply(Question question, byte[] request, Datagram reply, long afterMillis) implements ZooEffect {}

    /** What was asked. */
    enum Question {
        /** A broadcast DISCOVER. */
        DISCOVER,
        /** A REQUEST at port 4011. */
        BOOT_SERVER
    }
}
