package org.pxemesh.agent.boot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A boot as it stands in the addresses that its client is given: {@code ID} or {@code ID.XID}. With the transaction id of
 * the DISCOVER that began it, every peer of the segment can see for itself that the id is this machine's, also one that
 * was started anew since and remembers nothing. It proves no more than that, and opens no more than that machine may have.
 *
 * @param xid null where the id was not made of one
 */
public record BootToken(UUID bootId, @Nullable Integer xid) {

    private static final MessageDigest MD5 = md5();

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.([0-9a-f]{8}))?");

    /** The boot that a machine's DISCOVER begins: all peers name it alike. */
    static BootToken of(UUID segmentId, String mac, int xid) {
        String name = segmentId + "/" + mac + "/" + Integer.toHexString(xid);
        return new BootToken(named(name.getBytes(StandardCharsets.US_ASCII)), xid);
    }

    /** {@link UUID#nameUUIDFromBytes} with a digest that need not be looked for among all that there are, each time. */
    private static UUID named(byte[] name) {
        try {
            ByteBuffer hash = ByteBuffer.wrap(((MessageDigest) MD5.clone()).digest(name));
            return new UUID(
                    hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x3000, // version 3
                    hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
        } catch (CloneNotSupportedException e) {
            return UUID.nameUUIDFromBytes(name);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java without MD5, by which all peers name a boot alike", e);
        }
    }

    /** A boot that another peer named; its DISCOVER may have been another than the one that it answered last. */
    static BootToken told(UUID bootId, UUID segmentId, String mac, int xid) {
        BootToken own = of(segmentId, mac, xid);
        return own.bootId.equals(bootId) ? own : new BootToken(bootId, null);
    }

    /** Reads it out of an address; empty when it is none. */
    public static Optional<BootToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String xid = form.group(2);
        return Optional.of(
                new BootToken(UUID.fromString(form.group(1)), xid == null ? null : Integer.parseUnsignedInt(xid, 16)));
    }

    /** Whether this is a boot of that machine in that segment. */
    boolean names(UUID segmentId, String mac) {
        return xid != null && of(segmentId, mac, xid).bootId.equals(bootId);
    }

    @Override
    public String toString() {
        return xid == null ? bootId.toString() : String.format("%s.%08x", bootId, xid);
    }
}
