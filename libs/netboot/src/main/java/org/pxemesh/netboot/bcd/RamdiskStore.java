package org.pxemesh.netboot.bcd;

import java.util.List;

/**
 * The store with which a Windows PE boots over the network: a boot manager with one entry, a RAM disk that is filled from
 * the boot server, and how to ask that server.
 *
 * @param firmware whose boot manager reads it
 * @param description shown to people, 1 to 120 printable characters
 * @param imagePath the WIM as the boot manager shall ask for it, with backslashes, one leading
 * @param sdiPath the RAM disk's empty partition, likewise
 * @param tftpBlockSize bytes, 512 to 65464
 * @param tftpWindowSize blocks, 1 to 64
 */
public record RamdiskStore(
        BcdFirmware firmware,
        String description,
        String imagePath,
        String sdiPath,
        int tftpBlockSize,
        int tftpWindowSize) {

    /**
     * All keys bear this time, the first second of 2020 (100 ns since 1601): equal plans give equal bytes, and so equal
     * digests on all peers.
     */
    private static final long FILE_TIME = 132_223_104_000_000_000L;

    public RamdiskStore {
        if (description.isEmpty()
                || description.length() > 120
                || description.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("a description has 1 to 120 printable characters: " + description);
        }
        if (tftpBlockSize < 512 || tftpBlockSize > 65464 || tftpWindowSize < 1 || tftpWindowSize > 64) {
            throw new IllegalArgumentException("tftpBlockSize=" + tftpBlockSize + " (512 to 65464) tftpWindowSize="
                    + tftpWindowSize + " (1 to 64)");
        }
    }

    /** The store's bytes, a registry hive. */
    public byte[] toBytes() {
        HiveKey description = new HiveKey("Description", List.of(HiveValue.text("KeyName", "BCD00000000")), List.of());
        HiveKey objects = new HiveKey(
                "Objects",
                List.of(),
                List.of(bootManager().key(), ramdiskOptions().key(), loader().key()));
        return HiveWriter.write(new HiveKey("NewStoreRoot", List.of(), List.of(description, objects)), FILE_TIME);
    }

    private static BcdObject bootManager() {
        return new BcdObject(BcdGuid.BOOT_MANAGER, 0x10100002)
                .text(0x12000004, "Windows Boot Manager")
                .text(0x12000005, "en-US")
                .object(0x23000003, BcdGuid.LOADER) // default
                .objects(0x24000001, BcdGuid.LOADER) // display order
                .number(0x25000004, 0); // timeout: with one entry there is nothing to choose
    }

    private BcdObject ramdiskOptions() {
        return new BcdObject(BcdGuid.RAMDISK_OPTIONS, 0x30000000)
                .text(0x12000004, "Ramdisk options")
                .device(0x31000003, BcdDevice.boot())
                .text(0x32000004, sdiPath)
                // Microsoft's header prints these two as 36000007 and 36000008, but 6 is the format of a truth.
                .number(0x35000007, tftpBlockSize)
                .number(0x35000008, tftpWindowSize);
    }

    private BcdObject loader() {
        byte[] device = BcdDevice.ramdisk(imagePath, BcdGuid.RAMDISK_OPTIONS);
        BcdObject loader = new BcdObject(BcdGuid.LOADER, 0x10200003)
                .device(0x11000001, device)
                .text(0x12000002, firmware.loaderPath())
                .text(0x12000004, description)
                .text(0x12000005, "en-US")
                .device(0x21000001, device) // where the system itself is
                .text(0x22000002, "\\windows")
                .truth(0x26000010, true) // detect the HAL
                .truth(0x26000022, true); // it is a Windows PE
        return firmware == BcdFirmware.UEFI ? loader.truth(0x16000060, true) : loader; // isolated execution context
    }
}
