package org.pxemesh.netboot.pxe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pxemesh.netboot.dhcp.DhcpPacket;

/** The kinds of machines that asked last, the latest first; few, since each packet is compared with them. */
public final class ClientKinds {

    static final int CAPACITY = 8;

    private final List<ClientKind> kinds = new ArrayList<>(CAPACITY + 1);

    /** The kind of the machine that sent a datagram, as far as it is known; then the datagram is a DISCOVER. */
    public @Nullable ClientKind of(byte[] datagram) {
        for (int i = 0; i < kinds.size(); i++) {
            ClientKind kind = kinds.get(i);
            if (kind.sent(datagram)) {
                if (i > 0) {
                    kinds.remove(i);
                    kinds.addFirst(kind);
                }
                return kind;
            }
        }
        return null;
    }

    /**
     * Remembers the kind of a machine.
     *
     * @param packet the datagram, decoded
     * @param facts what was derived of it
     * @return its kind, null where the machine is like no other
     */
    public @Nullable ClientKind learn(byte[] datagram, DhcpPacket packet, ClientFacts facts) {
        ClientKind kind = ClientKind.of(datagram, packet, facts);
        if (kind != null) {
            kinds.addFirst(kind);
            if (kinds.size() > CAPACITY) {
                kinds.removeLast();
            }
        }
        return kind;
    }
}
