package org.pxemesh.zoo.sim;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;

/** A site's DHCP server: an address by the last octet of the hardware address. What it says beside the address can be changed. */
public final class DhcpHost implements Host {

    private record Waiting(long at, List<Datagram> answer) {}

    private final int address;
    private final int lease;
    private final int delayMillis;
    private final UnaryOperator<DhcpRequest> extras;
    private final boolean counts;
    private final java.util.ArrayDeque<Waiting> waiting = new java.util.ArrayDeque<>();

    /**
     * @param lease what a client gets whose hardware address ends with 0; the others are counted from there
     * @param delayMillis before it answers; 0 = at once
     * @param extras adds options to its replies
     */
    public DhcpHost(int address, int lease, int delayMillis, UnaryOperator<DhcpRequest> extras) {
        this(address, lease, delayMillis, extras, true);
    }

    private DhcpHost(int address, int lease, int delayMillis, UnaryOperator<DhcpRequest> extras, boolean counts) {
        this.counts = counts;
        this.address = address;
        this.lease = lease;
        this.delayMillis = delayMillis;
        this.extras = extras;
    }

    public static DhcpHost plain(int address, int lease) {
        return new DhcpHost(address, lease, 0, reply -> reply);
    }

    /** One address for whoever asks. */
    public static DhcpHost always(int address, int lease) {
        return new DhcpHost(address, lease, 0, reply -> reply, false);
    }

    /** The reply to a client's packet, addressed as a server would; empty when it is not for this server. */
    public List<Datagram> answer(byte[] packet) {
        DhcpMessage message = DhcpMessage.read(packet).orElse(null);
        if (message == null || message.op() != 1 || message.type() != 1 && message.serverId() != address) {
            return List.of();
        }
        byte[] chaddr = java.util.Arrays.copyOf(message.chaddr(), message.hardware() & 255);
        DhcpRequest reply = new DhcpRequest(message.type() == 1 ? 2 : 5, message.xid(), chaddr)
                .broadcast()
                .reply(counts ? lease + (chaddr[chaddr.length - 1] & 127) : lease, address)
                .address(54, address)
                .address(51, 3600)
                .address(1, 0xffffff00);
        return List.of(new Datagram(
                new Endpoint(address, 67),
                new Endpoint(Endpoint.BROADCAST, 68),
                extras.apply(reply).bytes()));
    }

    @Override
    public int address() {
        return address;
    }

    @Override
    public List<Datagram> hear(Datagram datagram, long now) {
        if (datagram.to().port() != 67) {
            return List.of();
        }
        List<Datagram> answer = answer(datagram.payload());
        if (delayMillis == 0 || answer.isEmpty()) {
            return answer;
        }
        waiting.add(new Waiting(now + delayMillis, answer));
        return List.of();
    }

    @Override
    public long dueAt() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().at();
    }

    @Override
    public List<Datagram> tick(long now) {
        return waiting.isEmpty() || waiting.peek().at() > now
                ? List.of()
                : waiting.remove().answer();
    }
}
