package org.pxemesh.netboot.dhcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The question asked of every DHCP packet of the segment: could this be a network boot client? Looks at the raw bytes,
 * allocates nothing and is wrong in one direction only: what it lets pass is examined properly afterwards.
 */
public final class PxeSieve {

    private final byte[][] vendorPrefixes;

    /** @param vendorClasses prefixes of option 60, for example {@code PXEClient} */
    public PxeSieve(List<String> vendorClasses) {
        this.vendorPrefixes = vendorClasses.stream()
                .map(prefix -> prefix.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    /** Whether the datagram between position and limit is worth decoding; the buffer is not changed. */
    public boolean looksLikePxe(ByteBuffer datagram) {
        int start = datagram.position();
        int limit = datagram.limit();
        if (limit - start < DhcpCodec.OPTIONS_OFFSET + 4
                || datagram.get(start) != DhcpPacket.BOOTREQUEST
                || datagram.getInt(start + DhcpCodec.COOKIE_OFFSET) != DhcpCodec.COOKIE) {
            return false;
        }
        int at = start + DhcpCodec.OPTIONS_OFFSET;
        while (at + 1 < limit) {
            int code = datagram.get(at) & 0xff;
            if (code == OptionCode.END) {
                return false;
            }
            if (code == OptionCode.PAD) {
                at++;
                continue;
            }
            int length = datagram.get(at + 1) & 0xff;
            if (code == OptionCode.VENDOR_CLASS.value()) {
                return startsWithKnownVendor(datagram, at + 2, Math.min(length, limit - at - 2));
            }
            if (code == OptionCode.OVERLOAD.value()) {
                return true; // option 60 may hide in the header fields: let the decoder look
            }
            at += 2 + length;
        }
        return false;
    }

    private boolean startsWithKnownVendor(ByteBuffer in, int offset, int length) {
        for (byte[] prefix : vendorPrefixes) {
            if (matches(in, offset, length, prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(ByteBuffer in, int offset, int length, byte[] prefix) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (in.get(offset + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
