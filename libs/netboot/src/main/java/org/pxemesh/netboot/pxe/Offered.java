package org.pxemesh.netboot.pxe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/**
 * The one message of the responder election: "I have answered this client", multicast with each OFFER on the mesh port.
 *
 * <p>52 octets: magic {@code "PO"}, version 1, length of the client's address (1), xid (4), the address padded to 16,
 * attempt (2), rank (2), responder (4), boot id (16), stage (1: 0 firmware, 1 iPXE), form (1: its code, 0 = not told), 2
 * unused; numbers in network order. Where the OFFER points at another peer 24 more follow: that peer's address (4), the
 * client's architecture (2), 2 unused, its GUID (16, zero = none). Peers that know nothing of them do not read so far.
 * Several messages of 52 octets may follow one another in one datagram: who knows of one only reads the first, and may
 * offer to the others too.
 *
 * @param xid the client's DHCP transaction
 * @param client who asked
 * @param attempt the attempt as the responder counts it, 0 to 65535
 * @param rank the responder's rank for this client, 0 to 65535
 * @param responder the address that sent the OFFER
 * @param bootId the boot that the OFFER belongs to: the next responder of the same client goes on with it
 * @param form the form's code, 0 to 255, 0 when it was not told: whoever answers next knows what was tried
 * @param pointed whom the OFFER points at; empty when the responder serves
 */
public record Offered(
        int xid,
        ClientStage client,
        int attempt,
        int rank,
        Ipv4Address responder,
        UUID bootId,
        int form,
        Optional<Pointed> pointed) {

    /**
     * The peer that is to serve, and what it must know of a client that it may not have heard.
     *
     * @param server its address
     * @param architecture code of option 93
     * @param guid of option 97
     */
    public record Pointed(Ipv4Address server, int architecture, Optional<ClientGuid> guid) {}

    public static final int LENGTH = 52;

    /** Messages that one datagram of an Ethernet can have. */
    public static final int MOST_TOGETHER = 28;

    private static final int POINTED_LENGTH = LENGTH + 24;
    private static final short MAGIC = 'P' << 8 | 'O';
    private static final byte VERSION = 1;
    private static final UUID NO_GUID = new UUID(0, 0);
    private static final int MAX = 0xffff;
    private static final int MAX_FORM = 0xff;

    public Offered {
        if (attempt < 0 || rank < 0) {
            throw new IllegalArgumentException("attempt " + attempt + " and rank " + rank + " start at 0");
        }
        attempt = Math.min(attempt, MAX);
        rank = Math.min(rank, MAX);
    }

    /** Of a responder that serves itself. */
    public Offered(int xid, ClientStage client, int attempt, int rank, Ipv4Address responder, UUID bootId, int form) {
        this(xid, client, attempt, rank, responder, bootId, form, Optional.empty());
    }

    public byte[] encode() {
        byte[] datagram = new byte[pointed.isPresent() ? POINTED_LENGTH : LENGTH];
        ByteBuffer out = ByteBuffer.wrap(datagram);
        out.putShort(MAGIC).put(VERSION).put((byte) client.mac().length()).putInt(xid);
        client.mac().writeTo(out);
        out.position(8 + HardwareAddress.MAX_LENGTH);
        out.putShort((short) attempt).putShort((short) rank).putInt(responder.bits());
        out.putLong(bootId.getMostSignificantBits()).putLong(bootId.getLeastSignificantBits());
        out.put((byte) (client.ipxe() ? 1 : 0)).put((byte) form);
        pointed.ifPresent(to -> {
            UUID guid = to.guid().map(ClientGuid::value).orElse(NO_GUID);
            out.position(LENGTH).putInt(to.server().bits()).putShort((short) to.architecture());
            out.putShort((short) 0).putLong(guid.getMostSignificantBits()).putLong(guid.getLeastSignificantBits());
        });
        return datagram;
    }

    /** Reads the messages of one datagram, from the buffer's position to its limit; the buffer is not changed. */
    public static List<Decoded<Offered>> decodeAll(ByteBuffer datagram) {
        int octets = datagram.remaining();
        if (octets < 2 * LENGTH || octets % LENGTH != 0 || octets > MOST_TOGETHER * LENGTH) {
            return List.of(decode(datagram));
        }
        List<Decoded<Offered>> all = new ArrayList<>(octets / LENGTH);
        for (int at = 0; at < octets; at += LENGTH) {
            all.add(decode(datagram.slice(datagram.position() + at, LENGTH)));
        }
        return all;
    }

    /** Reads one message from the buffer's position to its limit; the buffer is not changed. */
    public static Decoded<Offered> decode(ByteBuffer datagram) {
        ByteBuffer in = datagram.slice();
        if (in.remaining() < LENGTH) {
            return Decoded.malformed("an 'offered' message has " + LENGTH + " octets", in.remaining());
        }
        if (in.getShort(0) != MAGIC) {
            return Decoded.malformed("not an 'offered' message", 0);
        }
        if (in.get(2) != VERSION) {
            return Decoded.malformed("'offered' version " + in.get(2) + ", this peer speaks " + VERSION, 2);
        }
        int length = in.get(3);
        if (length < 1 || length > HardwareAddress.MAX_LENGTH) {
            return Decoded.malformed("client address of " + length + " octets", 3);
        }
        byte[] client = new byte[length];
        in.get(8, client);
        return Decoded.ok(new Offered(
                in.getInt(4),
                new ClientStage(HardwareAddress.of(client), in.get(48) == 1),
                in.getShort(24) & MAX,
                in.getShort(26) & MAX,
                new Ipv4Address(in.getInt(28)),
                new UUID(in.getLong(32), in.getLong(40)),
                in.get(49) & MAX_FORM,
                pointed(in)));
    }

    private static Optional<Pointed> pointed(ByteBuffer in) {
        if (in.remaining() < POINTED_LENGTH) {
            return Optional.empty();
        }
        Ipv4Address server = new Ipv4Address(in.getInt(LENGTH));
        UUID guid = new UUID(in.getLong(LENGTH + 8), in.getLong(LENGTH + 16));
        return server.isNone()
                ? Optional.empty()
                : Optional.of(new Pointed(
                        server,
                        in.getShort(LENGTH + 4) & MAX,
                        guid.equals(NO_GUID) ? Optional.empty() : Optional.of(new ClientGuid(guid))));
    }
}
