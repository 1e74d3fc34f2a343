package org.pxemesh.netboot.bcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** Ids of objects in a boot configuration store. The fixed ones are Microsoft's well-known names. */
final class BcdGuid {

    /** {@code {bootmgr}}: where the boot manager begins to read. */
    static final UUID BOOT_MANAGER = UUID.fromString("9dea862c-5cdd-4e70-acc1-f32b344d4795");

    /** The RAM disk options of installation media. */
    static final UUID RAMDISK_OPTIONS = UUID.fromString("7619dcc8-fafe-11d9-b411-000476eba25f");

    /** The operating system loader of installation media. */
    static final UUID LOADER = UUID.fromString("7619dcc9-fafe-11d9-b411-000476eba25f");

    private BcdGuid() {}

    static String text(UUID id) {
        return "{" + id + "}";
    }

    /** The first three fields little-endian, the rest as written. */
    static byte[] bytes(UUID id) {
        long high = id.getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
