package org.pxemesh.netboot.pxe;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.learn.Fingerprint;

/**
 * Machines of one model and firmware, by their DISCOVERs: octet by octet the same but for transaction, seconds, the last
 * half of the hardware address (also where option 61 repeats it, as iPXE does) and the GUID. What was derived of the first one's packet holds for all, so that it is not
 * decoded again, nor the reply encoded again. Not for several threads.
 */
public final class ClientKind {

    private static final int XID = 4;
    private static final int SECS = 8;
    private static final int FLAGS = 10;
    private static final int CHADDR = 28;
    private static final int OUI = 3;
    private static final int MAC = 6;
    private static final int OPTIONS = 240;
    private static final int ABSENT = -1;
    private static final OptionCode CLIENT_ID = new OptionCode(61);

    /** They tell about the network or the one machine, and change from packet to packet. */
    private static final OptionCode[] FOREIGN = {
        OptionCode.HOST_NAME,
        OptionCode.REQUESTED_ADDRESS,
        OptionCode.SERVER_ID,
        OptionCode.OVERLOAD,
        OptionCode.RELAY_AGENT
    };

    private final byte[] sample;
    private final int guidAt;

    /** Where option 61 repeats the hardware address; not always there. */
    private final int idAt;

    private final ClientFacts facts;
    private final Fingerprint fingerprint;
    private final String fingerprintId;
    private @Nullable ReplyForm form;
    private @Nullable ReplyContent content;
    private byte @Nullable [] pattern;
    private int patternGuidAt;

    private ClientKind(byte[] sample, int guidAt, int idAt, ClientFacts facts, Fingerprint fingerprint) {
        this.sample = sample;
        this.guidAt = guidAt;
        this.idAt = idAt;
        this.facts = facts;
        this.fingerprint = fingerprint;
        this.fingerprintId = fingerprint.id();
    }

    /**
     * The kind of the machine that sent a DISCOVER; null where its packet has parts that others of its kind would not
     * have.
     */
    static @Nullable ClientKind of(byte[] datagram, DhcpPacket packet, ClientFacts facts) {
        boolean plain = packet.hlen() == MAC
                && facts.isDiscover()
                && !facts.isProbe()
                && packet.giaddr().isNone()
                && packet.ciaddr().isNone();
        for (OptionCode code : FOREIGN) {
            plain &= !packet.options().has(code);
        }
        int guid = packet.options().has(OptionCode.CLIENT_GUID) ? option(datagram, OptionCode.CLIENT_GUID) : ABSENT;
        boolean guidIsPlain = guid == ABSENT || (datagram[guid - 1] & 0xff) == ClientGuid.OPTION_LENGTH;
        return plain && guidIsPlain
                ? new ClientKind(
                        datagram.clone(), guid, repeatedAddress(datagram, packet), facts, Fingerprint.of(packet))
                : null;
    }

    /** The place in option 61 where its hardware address stands after the type's octet. */
    private static int repeatedAddress(byte[] datagram, DhcpPacket packet) {
        if (!packet.options().has(CLIENT_ID)) {
            return ABSENT;
        }
        int value = option(datagram, CLIENT_ID);
        return (datagram[value - 1] & 0xff) == 1 + MAC && repeatsAddress(datagram, value + 1) ? value + 1 : ABSENT;
    }

    private static boolean repeatsAddress(byte[] datagram, int at) {
        return Arrays.equals(datagram, at, at + MAC, datagram, CHADDR, CHADDR + MAC);
    }

    /** Where an option's value begins; it is there. */
    private static int option(byte[] datagram, OptionCode code) {
        int at = OPTIONS;
        while ((datagram[at] & 0xff) != code.value()) {
            at += datagram[at] == 0 ? 1 : 2 + (datagram[at + 1] & 0xff);
        }
        return at + 2;
    }

    /** Whether a datagram is a DISCOVER of this kind. */
    boolean sent(byte[] datagram) {
        int length = sample.length;
        if (datagram.length != length) {
            return false;
        }
        return sameOptions(datagram)
                && (guidAt == ABSENT || datagram[guidAt] == 0)
                && (idAt == ABSENT || repeatsAddress(datagram, idAt))
                && same(datagram, 0, XID)
                && same(datagram, FLAGS, CHADDR + OUI)
                && same(datagram, CHADDR + MAC, OPTIONS);
    }

    /** All but the GUID and the repeated address, whichever comes first. */
    private boolean sameOptions(byte[] datagram) {
        boolean guidFirst = guidAt != ABSENT && (idAt == ABSENT || guidAt < idAt);
        int at = OPTIONS;
        for (int hole = 0; hole < 2; hole++) {
            boolean guid = guidFirst == (hole == 0);
            int from = guid ? guidAt : idAt;
            if (from != ABSENT) {
                if (!same(datagram, at, from)) {
                    return false;
                }
                at = from + (guid ? ClientGuid.OPTION_LENGTH : MAC);
            }
        }
        return same(datagram, at, sample.length);
    }

    private boolean same(byte[] datagram, int from, int to) {
        return Arrays.equals(datagram, from, to, sample, from, to);
    }

    /** What the machine tells by a datagram that {@link #sent}. */
    public ClientFacts facts(byte[] datagram) {
        return facts.of(
                HardwareAddress.mac(datagram, CHADDR),
                guidAt == ABSENT ? Optional.empty() : Optional.of(ClientGuid.ofOption(datagram, guidAt)),
                number(datagram));
    }

    private static int number(byte[] datagram) {
        return (datagram[XID] & 0xff) << 24
                | (datagram[XID + 1] & 0xff) << 16
                | (datagram[XID + 2] & 0xff) << 8
                | datagram[XID + 3] & 0xff;
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** {@link Fingerprint#id()}, which costs more than all the rest. */
    public String fingerprintId() {
        return fingerprintId;
    }

    /**
     * The OFFER to a machine of this kind, encoded: the last one's where it got the same, with this one's transaction,
     * address and GUID.
     *
     * @param datagram that it {@link #sent}
     * @param discover the same, decoded; asked for where there is no pattern yet
     */
    public byte[] offer(byte[] datagram, ReplyForm itsForm, ReplyContent itsContent, Supplier<DhcpPacket> discover) {
        byte[] last = pattern;
        if (last == null || itsForm != form || !isLast(itsContent)) {
            return first(datagram, itsForm, itsContent, discover.get());
        }
        byte[] next = last.clone();
        System.arraycopy(datagram, XID, next, XID, 4);
        System.arraycopy(datagram, CHADDR, next, CHADDR, MAC);
        if (patternGuidAt != ABSENT) {
            System.arraycopy(datagram, guidAt, next, patternGuidAt, ClientGuid.OPTION_LENGTH);
        }
        return next;
    }

    private boolean isLast(ReplyContent other) {
        ReplyContent last = content;
        return last != null
                && last.server().equals(other.server())
                && last.bootFile().equals(other.bootFile())
                && last.bcdPath().equals(other.bcdPath())
                && last.question().equals(other.question());
    }

    private byte[] first(byte[] datagram, ReplyForm itsForm, ReplyContent itsContent, DhcpPacket discover) {
        DhcpPacket offer = itsForm.offer(discover, facts(datagram), itsContent);
        byte[] encoded = DhcpCodec.encode(offer);
        form = itsForm;
        content = itsContent;
        pattern = encoded;
        patternGuidAt = offer.options().has(OptionCode.CLIENT_GUID) ? option(encoded, OptionCode.CLIENT_GUID) : ABSENT;
        return encoded.clone();
    }
}
