package org.pxemesh.zoo.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** TFTP packets, by offsets. */
public final class Tftp {

    public static final int DATA = 3;
    public static final int ACK = 4;
    public static final int ERROR = 5;
    public static final int OACK = 6;

    private Tftp() {}

    public static int operation(byte[] packet) {
        return packet.length < 4 ? 0 : u16(packet, 0);
    }

    /** Block number or error code. */
    public static int number(byte[] packet) {
        return u16(packet, 2);
    }

    private static int u16(byte[] packet, int at) {
        return (packet[at] & 255) << 8 | packet[at + 1] & 255;
    }

    /** The text of an ERROR. */
    public static String message(byte[] packet) {
        return new String(packet, 4, packet.length - 4, StandardCharsets.ISO_8859_1).replaceAll("\0.*", "");
    }

    /** The options of an OACK, names in lower case. */
    public static Map<String, String> options(byte[] oack) {
        String[] words = new String(oack, 2, oack.length - 2, StandardCharsets.ISO_8859_1).split("\0", -1);
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            options.put(words[i].toLowerCase(Locale.ROOT), words[i + 1]);
        }
        return options;
    }

    public static byte[] readRequest(String name, String mode, Map<String, String> options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(1);
        put(out, name);
        put(out, mode);
        options.forEach((option, value) -> {
            put(out, option);
            put(out, value);
        });
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
    }

    public static byte[] ack(int block) {
        return new byte[] {0, ACK, (byte) (block >>> 8), (byte) block};
    }

    public static byte[] error(int code, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, ERROR, (byte) (code >>> 8), (byte) code});
        put(out, message);
        return out.toByteArray();
    }
}
