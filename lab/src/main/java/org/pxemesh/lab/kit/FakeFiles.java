package org.pxemesh.lab.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Files that look like Microsoft's from outside: typical sizes, bytes told by a name alone. */
public final class FakeFiles {

    /** The same size since WAIK. */
    public static final int BOOT_SDI_BYTES = 3_170_304;

    private static final int PE_AT = 0x80;
    private static final int OPTIONAL_AT = PE_AT + 24;
    private static final int SECURITY_AT = OPTIONAL_AT + 112 + 4 * 8;
    private static final int EFI_APPLICATION = 10;

    private FakeFiles() {}

    /** Bytes that hardly compress, as those of programs and fonts; the same for the same name. */
    public static byte[] bytes(String name, int size) {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        byte[] label = ("FAKE " + name + "\n").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(label, 0, bytes, 0, Math.min(label.length, size));
        return bytes;
    }

    /** A store with a registry hive's magic, and nothing that a boot manager could use. */
    public static byte[] bcd(String name) {
        byte[] store = bytes(name, 16_384);
        System.arraycopy("regf".getBytes(StandardCharsets.US_ASCII), 0, store, 0, 4);
        return store;
    }

    /**
     * An EFI program's headers (PE32+) around fake code, with a certificate table that names who signed it.
     *
     * @param machine 0x8664 (x64), 0xaa64 (ARM64)
     * @param issuer for example {@code Windows UEFI CA 2023}; empty for an unsigned program
     * @param size bytes in all, at least 4096
     */
    public static byte[] efi(String name, int machine, String issuer, int size) {
        byte[] program = bytes(name, size);
        ByteBuffer pe = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        pe.putShort(0, (short) 0x5a4d).putInt(0x3c, PE_AT).putInt(PE_AT, 0x4550);
        pe.putShort(PE_AT + 4, (short) machine).putShort(PE_AT + 6, (short) 0).putShort(PE_AT + 20, (short) 240);
        pe.putShort(OPTIONAL_AT, (short) 0x20b).putShort(OPTIONAL_AT + 68, (short) EFI_APPLICATION);
        pe.putInt(OPTIONAL_AT + 108, 16).putInt(SECURITY_AT, 0).putInt(SECURITY_AT + 4, 0);
        if (!issuer.isEmpty()) {
            int at = size - 512;
            pe.putInt(SECURITY_AT, at).putInt(SECURITY_AT + 4, 512);
            byte[] text = issuer.getBytes(StandardCharsets.US_ASCII);
            pe.putInt(at, 512).putShort(at + 4, (short) 0x200).putShort(at + 6, (short) 2);
            pe.put(at + 64, text);
        }
        return program;
    }
}
