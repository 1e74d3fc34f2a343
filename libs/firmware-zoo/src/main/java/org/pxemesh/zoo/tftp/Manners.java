package org.pxemesh.zoo.tftp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a TFTP client asks and waits.
 *
 * @param blockSize asked as {@code blksize}; 0 = not asked
 * @param windowSize asked as {@code windowsize}; 0 = not asked
 * @param size whether {@code tsize} is asked, and where among the options
 * @param timeoutMillis before the last packet is sent again
 * @param tries packets sent before giving up
 * @param extra further options, as asked
 */
public record Manners(
        int blockSize, int windowSize, Size size, int timeoutMillis, int tries, Map<String, String> extra) {

    /** The question for a file's size. */
    public enum Size {
        UNASKED,
        FIRST,
        /** Behind the block size: iPXE, GRUB. */
        LAST
    }

    /** What holds without options. */
    static final int DEFAULT_BLOCK = 512;

    /** EDK2's question for the size: PcdPxeTftpWindowSize is 4; 4 s and six tries (PxeBcImpl.h). */
    public static final Manners EDK2_SIZE = new Manners(1468, 4, Size.FIRST, 4000, 6, Map.of());
    /** EDK2's download, without {@code tsize}. */
    public static final Manners EDK2 = new Manners(1468, 4, Size.UNASKED, 4000, 6, Map.of());
    /** A BIOS ROM's question for the size, alone. */
    public static final Manners BIOS_SIZE = new Manners(0, 0, Size.FIRST, 4000, 6, Map.of());
    /** A BIOS ROM's download. */
    public static final Manners BIOS = new Manners(1456, 0, Size.UNASKED, 4000, 6, Map.of());
    /** iPXE: one request, no window. */
    public static final Manners IPXE = new Manners(1432, 0, Size.LAST, 1000, 10, Map.of());
    /** shim fetches its second stage with 512 octets, which nobody can change; the window is EDK2's (shim 16.1 on OVMF). */
    public static final Manners SHIM = new Manners(512, 4, Size.UNASKED, 4000, 6, Map.of());

    public static final Manners GRUB = new Manners(1024, 0, Size.LAST, 2000, 8, Map.of());
    public static final Manners BOOTMGR = new Manners(1456, 0, Size.FIRST, 4000, 6, Map.of());
    /** The ramdisk: a window, and the question for Microsoft's own variable one. */
    public static final Manners BOOTMGR_RAMDISK =
            new Manners(1456, 4, Size.FIRST, 4000, 6, Map.of("msftwindow", "31416"));

    public static final Manners RASPBERRY_PI = new Manners(1024, 0, Size.FIRST, 1000, 6, Map.of());
    /** RFC 1350 alone. */
    public static final Manners PLAIN = new Manners(0, 0, Size.UNASKED, 1000, 6, Map.of());

    public Manners {
        extra = Map.copyOf(extra);
    }

    public Manners blocks(int octets) {
        return new Manners(octets, windowSize, size, timeoutMillis, tries, extra);
    }

    public Manners window(int blocks) {
        return new Manners(blockSize, blocks, size, timeoutMillis, tries, extra);
    }

    public Manners also(Map<String, String> options) {
        return new Manners(blockSize, windowSize, size, timeoutMillis, tries, options);
    }

    /** The request's options, in the order of the wire. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        if (size == Size.FIRST) {
            options.put("tsize", "0");
        }
        if (blockSize > 0) {
            options.put("blksize", Integer.toString(blockSize));
        }
        if (windowSize > 0) {
            options.put("windowsize", Integer.toString(windowSize));
        }
        if (size == Size.LAST) {
            options.put("tsize", "0");
        }
        options.putAll(extra);
        return options;
    }
}
