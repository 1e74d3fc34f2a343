package org.pxemesh.netboot.bcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Device elements, which name a place to read from. The bytes equal those in the stores of Microsoft's installation
 * media; the fields' names follow ReactOS' {@code bl.h} (BL_DEVICE_DESCRIPTOR and relatives).
 */
final class BcdDevice {

    private static final int BOOT_DEVICE = 5;
    private static final int BOOT_DESCRIPTOR = 0x48;
    private static final int OPTIONS_ID = 16;
    private static final int MAX_PATH = 255;

    private BcdDevice() {}

    /** The device that the boot manager itself came from: over the network, the TFTP server. */
    static byte[] boot() {
        ByteBuffer out = ByteBuffer.allocate(OPTIONS_ID + BOOT_DESCRIPTOR).order(ByteOrder.LITTLE_ENDIAN);
        putBoot(out.position(OPTIONS_ID)); // before it: no object with options
        return out.array();
    }

    /**
     * A RAM disk that is read from a file of the boot device: {@code ramdisk=[boot]path,{options}}.
     *
     * @param path with backslashes, one leading; case is kept, and goes to the TFTP server as it is
     */
    static byte[] ramdisk(String path, UUID options) {
        if (!path.startsWith("\\") || path.length() > MAX_PATH || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a RAM disk's path begins with a backslash and has up to " + MAX_PATH + " characters: " + path);
        }
        byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer out = ByteBuffer.allocate(0x8c + name.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(BcdGuid.bytes(options));
        out.putInt(0); // a disk or what stands for one
        out.putInt(1); // flags
        out.putInt(out.capacity() - OPTIONS_ID).putInt(0);
        out.putInt(3); // local device: RAM disk
        out.putLong(0).putLong(0).putInt(0); // image base, size, offset: not loaded yet
        out.putInt(1); // version of the file path descriptor that follows
        out.putInt(12 + BOOT_DESCRIPTOR + name.length);
        out.putInt(5); // a path on a device
        putBoot(out);
        out.position(0x8c).put(name);
        return out.array();
    }

    private static void putBoot(ByteBuffer out) {
        out.putInt(BOOT_DEVICE).putInt(0).putInt(BOOT_DESCRIPTOR).putInt(0);
    }
}
