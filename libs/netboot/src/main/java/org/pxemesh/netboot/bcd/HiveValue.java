package org.pxemesh.netboot.bcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A value of a registry key.
 *
 * @param name ASCII
 * @param type REG_SZ 1, REG_BINARY 3, REG_DWORD 4, REG_MULTI_SZ 7
 * @param data as it stands in the hive
 */
record HiveValue(String name, int type, byte[] data) {

    static final int REG_SZ = 1;
    static final int REG_BINARY = 3;
    static final int REG_DWORD = 4;
    static final int REG_MULTI_SZ = 7;

    static HiveValue text(String name, String text) {
        return new HiveValue(name, REG_SZ, utf16(text + "\0"));
    }

    static HiveValue texts(String name, List<String> texts) {
        return new HiveValue(name, REG_MULTI_SZ, utf16(String.join("\0", texts) + "\0\0"));
    }

    static HiveValue binary(String name, byte[] data) {
        return new HiveValue(name, REG_BINARY, data);
    }

    static HiveValue dword(String name, int value) {
        byte[] data = new byte[4];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
        return new HiveValue(name, REG_DWORD, data);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
