package org.pxemesh.lab.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.lab.firmware.wire.Frame;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Endpoint;

/** Replies on a cable that do not belong there. */
final class Strays {
    private static final int REPLY = 2;

    private Strays() {}

    /**
     * DHCP replies that another than these addresses sent, or that name another one; a line each.
     *
     * @param servers who may answer on this cable
     */
    static List<String> of(List<Frame> frames, Set<String> servers) {
        List<String> strays = new ArrayList<>();
        for (Frame frame : frames) {
            reply(frame).ifPresent(reply -> {
                String server = Endpoint.text(reply.serverId());
                String next = reply.siaddr() == 0 ? server : Endpoint.text(reply.siaddr());
                if (!servers.contains(frame.from()) || !servers.contains(server) || !servers.contains(next)) {
                    strays.add(frame.from() + ":" + frame.fromPort() + " > " + frame.to() + ":" + frame.toPort()
                            + " server-id " + server + " siaddr " + next);
                }
            });
        }
        return strays;
    }

    /** A server's message, as far as the frame holds one. */
    static Optional<DhcpMessage> reply(Frame frame) {
        return frame.tcp()
                ? Optional.empty()
                : DhcpMessage.read(frame.payload()).filter(message -> message.op() == REPLY);
    }
}
