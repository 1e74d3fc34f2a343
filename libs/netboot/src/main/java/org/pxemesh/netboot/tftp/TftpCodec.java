package org.pxemesh.netboot.tftp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.netboot.Decoded;

/** TFTP packets from and to bytes. */
public final class TftpCodec {

    /** Octets before the payload of DATA. */
    public static final int DATA_HEADER = 4;

    static final int RRQ = 1;
    static final int WRQ = 2;
    static final int DATA = 3;
    static final int ACK = 4;
    static final int ERROR = 5;
    static final int OACK = 6;

    /** RFC 2347 lets a request have 512 octets; a little more is harmless, a lot is an attack. */
    private static final int MAX_REQUEST = 1024;

    /** Long error texts once overran clients' buffers. */
    private static final int MAX_MESSAGE = 200;

    private TftpCodec() {}

    /** Reads one datagram from the buffer's position to its limit; the buffer is not changed. */
    public static Decoded<TftpPacket> decode(ByteBuffer datagram) {
        ByteBuffer in = datagram.slice();
        if (in.remaining() < 4) {
            return Decoded.malformed("shorter than a TFTP header: " + in.remaining() + " bytes", in.remaining());
        }
        int code = in.getShort(0) & 0xffff;
        int second = in.getShort(2) & 0xffff;
        return switch (code) {
            case RRQ, WRQ -> request(in, code);
            case DATA -> Decoded.ok(new TftpPacket.Data(second, in.remaining() - DATA_HEADER));
            // Microsoft's loader appends an octet to its ACKs: four are enough, more are not an error.
            case ACK -> Decoded.ok(new TftpPacket.Ack(second));
            case ERROR -> Decoded.ok(new TftpPacket.ErrorPacket(new ErrorCode(second), message(in)));
            case OACK -> optionAck(in);
            default -> Decoded.malformed("unknown TFTP operation " + code, 0);
        };
    }

    /**
     * The block number when the datagram is an ACK, else -1: the hot path, without an object. What follows is not looked
     * at: ACKs of five bytes exist (msftwindow).
     *
     * @param start the datagram's first four octets, in network order
     */
    public static int ackBlock(int start) {
        return start >>> 16 == ACK ? start & 0xffff : -1;
    }

    private static Decoded<TftpPacket> request(ByteBuffer in, int code) {
        if (in.limit() > MAX_REQUEST) {
            return Decoded.malformed("request of " + in.limit() + " bytes; 512 are the rule", MAX_REQUEST);
        }
        in.position(2);
        String name = nextString(in);
        if (name == null || name.isEmpty()) {
            return Decoded.malformed(name == null ? "file name without an end" : "empty file name", 2);
        }
        if (code == WRQ) {
            return Decoded.ok(new TftpPacket.WriteRequest(name));
        }
        int modeAt = in.position();
        String mode = nextString(in);
        if (mode == null) {
            return Decoded.malformed("mode without an end", modeAt);
        }
        return Decoded.ok(new TftpPacket.ReadRequest(name, mode.toLowerCase(Locale.ROOT), options(in)));
    }

    private static Decoded<TftpPacket> optionAck(ByteBuffer in) {
        in.position(2);
        return Decoded.ok(new TftpPacket.OptionAck(options(in)));
    }

    /** Reads pairs; stops at the first torn one, since what came before it is still good. */
    private static Map<String, String> options(ByteBuffer in) {
        Map<String, String> options = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            String name = nextString(in);
            String value = nextString(in);
            if (name == null || value == null) {
                break;
            }
            options.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
        return Collections.unmodifiableMap(options);
    }

    private static @Nullable String nextString(ByteBuffer in) {
        int start = in.position();
        for (int i = start; i < in.limit(); i++) {
            if (in.get(i) == 0) {
                byte[] text = new byte[i - start];
                in.get(text).get();
                return new String(text, StandardCharsets.ISO_8859_1);
            }
        }
        in.position(in.limit());
        return null;
    }

    private static String message(ByteBuffer in) {
        in.position(4);
        String text = nextString(in);
        return text == null ? "" : text.substring(0, Math.min(text.length(), MAX_MESSAGE));
    }

    public static byte[] encodeOptionAck(Map<String, String> options) {
        ByteArrayOutputStream out = header(OACK);
        options.forEach((name, value) -> {
            putString(out, name);
            putString(out, value);
        });
        return out.toByteArray();
    }

    /** The text is cut at {@value #MAX_MESSAGE} characters. */
    public static byte[] encodeError(ErrorCode code, String message) {
        ByteArrayOutputStream out = header(ERROR);
        out.write(code.value() >>> 8);
        out.write(code.value());
        putString(out, message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
        return out.toByteArray();
    }

    public static byte[] encodeRequest(TftpPacket.ReadRequest request) {
        ByteArrayOutputStream out = header(RRQ);
        putString(out, request.fileName());
        putString(out, request.mode());
        request.options().forEach((name, value) -> {
            putString(out, name);
            putString(out, value);
        });
        return out.toByteArray();
    }

    public static byte[] encodeAck(int block) {
        return new byte[] {0, ACK, (byte) (block >>> 8), (byte) block};
    }

    /**
     * Writes the four octets before a DATA packet's payload.
     *
     * @param block a counter of 32 bits; the wire carries the lower 16, so 65535 is followed by 0
     */
    public static void putDataHeader(ByteBuffer out, long block) {
        out.putShort((short) DATA).putShort((short) block);
    }

    private static ByteArrayOutputStream header(int code) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.write(0);
        out.write(code);
        return out;
    }

    private static void putString(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
    }
}
