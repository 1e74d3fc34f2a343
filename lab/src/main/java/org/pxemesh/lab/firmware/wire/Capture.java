package org.pxemesh.lab.firmware.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what tcpdump wrote: the classic pcap format, Ethernet, IPv4. All else in it is passed over. */
public final class Capture {
    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final int ETHERNET = 14;
    private static final int UDP = 17;
    private static final int TCP = 6;

    private Capture() {}

    /** The packets so far; one that is being written is left out, and a file that is not there yet has none. */
    public static List<Frame> read(Path file) {
        try {
            return Files.exists(file) ? read(ByteBuffer.wrap(Files.readAllBytes(file))) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the capture " + file + " cannot be read", e);
        }
    }

    /** The packets in a file's bytes; throws IllegalArgumentException when they are no pcap. */
    public static List<Frame> read(ByteBuffer bytes) {
        List<Frame> frames = new ArrayList<>();
        if (bytes.remaining() < HEADER) {
            return frames;
        }
        ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) != MAGIC_MICROS) {
            in.order(ByteOrder.BIG_ENDIAN);
            if (in.getInt(0) != MAGIC_MICROS) {
                throw new IllegalArgumentException("no pcap file with microseconds");
            }
        }
        in.position(HEADER);
        while (in.remaining() >= RECORD) {
            double second = Integer.toUnsignedLong(in.getInt()) + in.getInt() / 1e6;
            int length = in.getInt();
            in.getInt();
            if (length < 0 || length > in.remaining()) {
                break;
            }
            ByteBuffer packet = in.slice(in.position(), length).order(ByteOrder.BIG_ENDIAN);
            in.position(in.position() + length);
            Frame frame = frame(second, packet);
            if (frame != null) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static @Nullable Frame frame(double second, ByteBuffer packet) {
        if (packet.limit() < ETHERNET + 20 || packet.getShort(12) != 0x0800) {
            return null;
        }
        int transport = ETHERNET + (packet.get(ETHERNET) & 15) * 4;
        int protocol = packet.get(ETHERNET + 9);
        if (protocol != UDP && protocol != TCP || packet.limit() < transport + (protocol == UDP ? 8 : 20)) {
            return null;
        }
        int data = transport + (protocol == UDP ? 8 : (packet.get(transport + 12) >> 4 & 15) * 4);
        // Short Ethernet frames are padded: IP's own length tells where the packet ends.
        int end = Math.min(packet.limit(), ETHERNET + (packet.getShort(ETHERNET + 2) & 0xffff));
        if (data > end) {
            return null;
        }
        byte[] payload = new byte[end - data];
        packet.get(data, payload);
        return new Frame(
                second,
                protocol == TCP,
                address(packet, ETHERNET + 12),
                packet.getShort(transport) & 0xffff,
                address(packet, ETHERNET + 16),
                packet.getShort(transport + 2) & 0xffff,
                payload);
    }

    private static String address(ByteBuffer packet, int at) {
        return (packet.get(at) & 255) + "." + (packet.get(at + 1) & 255) + "." + (packet.get(at + 2) & 255) + "."
                + (packet.get(at + 3) & 255);
    }
}
