package org.pxemesh.netboot.pxe;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The system GUID of option 97. Firmware sends it as SMBIOS keeps it: the first three groups little-endian, so that
 * this value prints as the operating system and the vendor's sticker do.
 *
 * @param value the GUID in its printed order
 */
public record ClientGuid(UUID value) {

    /** Octets of option 97: a type octet (0) and the GUID. */
    static final int OPTION_LENGTH = 17;

    static ClientGuid ofOption(byte[] option) {
        return ofOption(option, 0);
    }

    /** @param at where the option's value begins */
    static ClientGuid ofOption(byte[] datagram, int at) {
        ByteBuffer in = ByteBuffer.wrap(datagram, at + 1, 16);
        long high = Integer.toUnsignedLong(Integer.reverseBytes(in.getInt())) << 32
                | (long) (Short.reverseBytes(in.getShort()) & 0xffff) << 16
                | Short.reverseBytes(in.getShort()) & 0xffff;
        return new ClientGuid(new UUID(high, in.getLong()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
