package org.pxemesh.agent.dhcp;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.firmware.Asking;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientKind;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.pxe.ReplyDestination;
import org.pxemesh.netboot.pxe.ReplyForm;

/** A boot client's packet with all that is needed to answer it, now or 60 ms later. */
final class Question implements Asking, Supplier<DhcpPacket> {

    private final byte[] datagram;
    private final @Nullable ClientKind kind;
    private final ClientFacts facts;
    private final ReplyDestination destination;
    private final Wire wire;
    private final long arrivedNanos;
    private @Nullable DhcpPacket packet;
    private @Nullable Fingerprint fingerprint;

    /**
     * @param kind of the client, when the datagram is one of its kind
     * @param packet the datagram, when it has been decoded
     * @param wire the socket that heard it
     * @param arrivedNanos monotonic, for the latency of the answer
     */
    Question(
            byte[] datagram,
            @Nullable ClientKind kind,
            @Nullable DhcpPacket packet,
            ClientFacts facts,
            ReplyDestination destination,
            Wire wire,
            long arrivedNanos) {
        this.datagram = datagram;
        this.kind = kind;
        this.packet = packet;
        this.facts = facts;
        this.destination = destination;
        this.wire = wire;
        this.arrivedNanos = arrivedNanos;
    }

    ClientFacts facts() {
        return facts;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    @Override
    public DhcpPacket get() {
        return packet();
    }

    DhcpPacket packet() {
        DhcpPacket known = packet;
        if (known == null) {
            known = switch (DhcpCodec.decode(ByteBuffer.wrap(datagram))) {
                case Decoded.Ok<DhcpPacket>(DhcpPacket decoded) -> decoded;
                case Decoded.Malformed<DhcpPacket> malformed ->
                    throw new IllegalStateException("of a kind that is known, but " + malformed);
            };
            packet = known;
        }
        return known;
    }

    @Override
    public Fingerprint fingerprint() {
        if (kind != null) {
            return kind.fingerprint();
        }
        Fingerprint known = fingerprint;
        if (known == null) {
            known = Fingerprint.of(packet());
            fingerprint = known;
        }
        return known;
    }

    @Override
    public String fingerprintId() {
        return kind == null ? fingerprint().id() : kind.fingerprintId();
    }

    /** Sends an OFFER to where the client is reached, out of the interface that heard it. */
    void offer(ReplyForm form, ReplyContent content) {
        send(
                kind == null
                        ? DhcpCodec.encode(form.offer(packet(), facts, content))
                        : kind.offer(datagram, form, content, this));
    }

    void acknowledge(ReplyForm form, ReplyContent content) {
        send(DhcpCodec.encode(form.acknowledge(packet(), facts, content)));
    }

    private void send(byte[] reply) {
        wire.send(reply, destination.address(), destination.port());
    }
}
