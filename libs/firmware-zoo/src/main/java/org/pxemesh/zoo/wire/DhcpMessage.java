package org.pxemesh.zoo.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DHCP message as firmware reads it: fields at fixed offsets, options by a plain walk. On purpose not the server's
 * decoder: a mistake that its encoder and decoder share would be invisible to a client built upon them.
 */
public final class DhcpMessage {

    /** Octets before the options. */
    public static final int OPTIONS = 240;

    private final byte[] bytes;
    private final Map<Integer, byte[]> options;
    private final boolean ended;

    private DhcpMessage(byte[] bytes, Map<Integer, byte[]> options, boolean ended) {
        this.bytes = bytes;
        this.options = options;
        this.ended = ended;
    }

    /** Empty for what firmware drops: too short, no cookie, an option that reaches beyond the end. */
    public static Optional<DhcpMessage> read(byte[] bytes) {
        if (bytes.length < OPTIONS || ByteBuffer.wrap(bytes).getInt(236) != 0x63825363) {
            return Optional.empty();
        }
        Map<Integer, byte[]> options = new LinkedHashMap<>();
        int end = walk(bytes, OPTIONS, options);
        return end < 0 ? Optional.empty() : Optional.of(new DhcpMessage(bytes, options, end < bytes.length));
    }

    /** The options of a field; returns where the end option stands, the length when there is none, -1 when torn. */
    private static int walk(byte[] in, int from, Map<Integer, byte[]> options) {
        int at = from;
        while (at < in.length && (in[at] & 255) != 255) {
            if (in[at] == 0) {
                at++;
                continue;
            }
            int length = at + 1 < in.length ? in[at + 1] & 255 : 256;
            if (at + 2 + length > in.length) {
                return -1;
            }
            byte[] value = Arrays.copyOfRange(in, at + 2, at + 2 + length);
            options.merge(in[at] & 255, value, DhcpMessage::joined);
            at += 2 + length;
        }
        return at;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    public int length() {
        return bytes.length;
    }

    /** Whether an end option closes the options. */
    public boolean isEnded() {
        return ended;
    }

    public int op() {
        return bytes[0];
    }

    /** Type and length of the hardware address, as sent. */
    public int hardware() {
        return (bytes[1] & 255) << 8 | bytes[2] & 255;
    }

    public int xid() {
        return u32(4);
    }

    public boolean wantsBroadcast() {
        return (bytes[10] & 0x80) != 0;
    }

    public int ciaddr() {
        return u32(12);
    }

    public int yiaddr() {
        return u32(16);
    }

    public int siaddr() {
        return u32(20);
    }

    public int giaddr() {
        return u32(24);
    }

    /** All 16 octets. */
    public byte[] chaddr() {
        return Arrays.copyOfRange(bytes, 28, 44);
    }

    /** The boot file's field up to its NUL. */
    public String file() {
        int end = 108;
        while (end < 236 && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 108, end - 108, StandardCharsets.ISO_8859_1);
    }

    public int type() {
        return option(53).filter(v -> v.length == 1).map(v -> v[0] & 255).orElse(0);
    }

    public Optional<byte[]> option(int code) {
        return Optional.ofNullable(options.get(code));
    }

    /** The options' codes in the order of the packet. */
    public List<Integer> codes() {
        return List.copyOf(options.keySet());
    }

    public boolean has(int code) {
        return options.containsKey(code);
    }

    /** An option's text without NULs behind it. */
    public Optional<String> text(int code) {
        return option(code).map(v -> new String(v, StandardCharsets.ISO_8859_1).replaceAll("\0+$", ""));
    }

    /** Option 54, or 0. */
    public int serverId() {
        return option(54)
                .filter(v -> v.length == 4)
                .map(v -> ByteBuffer.wrap(v).getInt())
                .orElse(0);
    }

    /** The sub-options of an option; empty also when torn. */
    public Map<Integer, byte[]> inside(int code) {
        Map<Integer, byte[]> found = new LinkedHashMap<>();
        option(code).ifPresent(v -> walk(v, 0, found));
        return found;
    }

    /** Whether the sub-options of an option can be walked to an end option. */
    public boolean isWellFormedInside(int code) {
        byte[] value = option(code).orElse(new byte[0]);
        int end = walk(value, 0, new LinkedHashMap<>());
        return end >= 0 && end < value.length;
    }

    /** The boot file by either way of telling it; option 67 first, as EDK2 and iPXE do. */
    public String bootFile() {
        return text(67).filter(t -> !t.isEmpty()).orElseGet(this::file);
    }

    private int u32(int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }
}
