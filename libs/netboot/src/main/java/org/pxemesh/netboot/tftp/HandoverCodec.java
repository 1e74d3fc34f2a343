package org.pxemesh.netboot.tftp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/** A {@link Handover} from and to bytes: a version, then its members in their order, in network order. */
public final class HandoverCodec {

    /** Longer ones are none of ours: names of TFTP fit into a request of 512 octets. */
    public static final int MOST_OCTETS = 2048;

    private static final int VERSION = 1;
    private static final int DIGEST_OCTETS = 32;
    private static final int MOST_OPTIONS = 8;

    private HandoverCodec() {}

    public static byte[] encode(Handover handover) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.write(handover.server().octets());
            out.writeShort(handover.serverPort());
            out.write(handover.client().octets());
            out.writeShort(handover.clientPort());
            out.writeLong(handover.run().getMostSignificantBits());
            out.writeLong(handover.run().getLeastSignificantBits());
            put(out, handover.plan());
            put(out, handover.path());
            out.write(HexFormat.of().parseHex(handover.digest()));
            out.writeLong(handover.length());
            out.writeLong(handover.block());
            Agreement agreement = handover.agreement();
            out.writeShort(agreement.blockSize());
            out.writeShort(agreement.windowSize());
            out.writeInt(agreement.timeoutMillis());
            out.writeByte(agreement.acknowledged().size());
            for (Map.Entry<String, String> option : agreement.acknowledged().entrySet()) {
                put(out, option.getKey());
                put(out, option.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Never throws: what is torn, too long, of another version or contradicts itself is malformed. */
    public static Decoded<Handover> decode(byte[] bytes) {
        if (bytes.length > MOST_OCTETS) {
            return Decoded.malformed("hand-over of " + bytes.length + " bytes; at most " + MOST_OCTETS, MOST_OCTETS);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int version = in.get();
            if (version != VERSION) {
                return Decoded.malformed("hand-over of version " + version + "; " + VERSION + " is known", 0);
            }
            return Decoded.ok(read(in));
        } catch (BufferUnderflowException e) {
            return Decoded.malformed("hand-over ends at byte " + bytes.length, bytes.length);
        } catch (IllegalArgumentException e) {
            return Decoded.malformed(String.valueOf(e.getMessage()), in.position());
        }
    }

    private static Handover read(ByteBuffer in) {
        Ipv4Address server = address(in);
        int serverPort = in.getShort() & 0xffff;
        Ipv4Address client = address(in);
        int clientPort = in.getShort() & 0xffff;
        UUID run = new UUID(in.getLong(), in.getLong());
        String plan = text(in);
        String path = text(in);
        byte[] digest = new byte[DIGEST_OCTETS];
        in.get(digest);
        long length = in.getLong();
        long block = in.getLong();
        return new Handover(
                server,
                serverPort,
                client,
                clientPort,
                run,
                plan,
                path,
                HexFormat.of().formatHex(digest),
                length,
                agreement(in),
                block);
    }

    private static Agreement agreement(ByteBuffer in) {
        int blockSize = in.getShort() & 0xffff;
        int windowSize = in.getShort() & 0xffff;
        int timeoutMillis = in.getInt();
        if (blockSize < Agreement.MIN_BLOCK_SIZE || windowSize < 1 || timeoutMillis < 1) {
            throw new IllegalArgumentException("blksize=" + blockSize + " windowsize=" + windowSize + " timeout="
                    + timeoutMillis + " ms: nobody agreed to that");
        }
        int count = in.get();
        if (count < 0 || count > MOST_OPTIONS) {
            throw new IllegalArgumentException(count + " options: at most " + MOST_OPTIONS);
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            options.put(text(in), text(in));
        }
        return new Agreement(blockSize, windowSize, timeoutMillis, Collections.unmodifiableMap(options));
    }

    private static Ipv4Address address(ByteBuffer in) {
        return new Ipv4Address(in.getInt());
    }

    private static void put(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.getShort() & 0xffff, in.remaining() + 1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
