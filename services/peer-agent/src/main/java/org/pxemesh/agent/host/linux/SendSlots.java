package org.pxemesh.agent.host.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.pxemesh.agent.host.BatchSockets;

/**
 * What sendmmsg takes: messages that wait for the next call, their octets one behind the other. A window of equal
 * datagrams is one message, which the kernel or the network card cuts (UDP_SEGMENT, Linux 4.18 on).
 */
final class SendSlots {

    /** Octets of a {@code sockaddr_in}. */
    static final int NAME = 16;

    private static final Logger LOG = Logger.getLogger(SendSlots.class);
    private static final int BATCH = 64;

    /** Little enough to stay in a processor's cache. */
    private static final int ROOM = 256 * 1024;

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    /** CMSG_SPACE and CMSG_LEN of two octets. */
    private static final int CONTROL_SPACE = 24;

    private static final int CONTROL_LEN = 18;
    private static final int MOST_SEGMENTS = 64;

    private final SocketCalls calls;
    private final IntConsumer tooLong;
    private final MemorySegment messages;
    private final ByteBuffer headers;
    private final ByteBuffer names;
    private final ByteBuffer vectors;
    private final ByteBuffer controls;
    private final ByteBuffer octets;
    private final long octetsAt;
    private final long controlsAt;
    private int queued;
    private int used;
    private int socket = -1;
    private boolean segments = true;

    /** @param tooLong what to do with a socket that says of a datagram that it is too long for the way */
    SendSlots(Arena arena, SocketCalls calls, IntConsumer tooLong) {
        this.calls = calls;
        this.tooLong = tooLong;
        messages = arena.allocate((long) MessageHeader.SIZE * BATCH, 8);
        MemorySegment namesAt = arena.allocate((long) NAME * BATCH, 8);
        MemorySegment vectorsAt = arena.allocate((long) MessageHeader.VECTOR * BATCH, 8);
        MemorySegment controlsAll = arena.allocate((long) CONTROL_SPACE * BATCH, 8);
        MemorySegment octetsAll = arena.allocate(ROOM, 64);
        for (int i = 0; i < BATCH; i++) {
            MessageHeader.set(
                    messages,
                    i,
                    namesAt.address() + (long) NAME * i,
                    vectorsAt.address() + (long) MessageHeader.VECTOR * i);
            MemorySegment control = controlsAll.asSlice((long) CONTROL_SPACE * i, CONTROL_SPACE);
            control.set(ValueLayout.JAVA_LONG, 0, CONTROL_LEN);
            control.set(ValueLayout.JAVA_INT, 8, SOL_UDP);
            control.set(ValueLayout.JAVA_INT, 12, UDP_SEGMENT);
        }
        headers = messages.asByteBuffer().order(ByteOrder.nativeOrder());
        names = namesAt.asByteBuffer();
        vectors = vectorsAt.asByteBuffer().order(ByteOrder.nativeOrder());
        controls = controlsAll.asByteBuffer().order(ByteOrder.nativeOrder());
        octets = octetsAll.asByteBuffer();
        octetsAt = octetsAll.address();
        controlsAt = controlsAll.address();
    }

    boolean segments() {
        return segments;
    }

    ByteBuffer room(int length) {
        if (length > BatchSockets.MOST_ROOM) {
            throw new IllegalArgumentException(length + " octets; at most " + BatchSockets.MOST_ROOM);
        }
        if (used + length > ROOM) {
            flush();
        }
        return octets.limit(used + length).position(used);
    }

    /** Queues what stands between the room's beginning and the buffer's position. */
    void send(int to, long client, int segment) {
        int end = octets.position();
        int most = segments ? MOST_SEGMENTS * segment : segment;
        do {
            int length = Math.min(end - used, most);
            if (queued == BATCH || to != socket) {
                // Octets behind a flush stay where they are: only the count of messages starts again.
                flushMessages();
                socket = to;
            }
            queue(client, length, segment);
            used += length;
        } while (used < end);
    }

    private void queue(long client, int length, int segment) {
        int i = queued++;
        names.putLong(i * NAME, SocketName.of(client));
        vectors.putLong(i * MessageHeader.VECTOR, octetsAt + used);
        vectors.putLong(i * MessageHeader.VECTOR + 8, length);
        int header = i * MessageHeader.SIZE;
        if (length > segment) {
            controls.putShort(i * CONTROL_SPACE + 16, (short) segment);
            headers.putLong(header + MessageHeader.CONTROL, controlsAt + (long) CONTROL_SPACE * i);
            headers.putLong(header + MessageHeader.CONTROL_LENGTH, CONTROL_SPACE);
        } else {
            headers.putLong(header + MessageHeader.CONTROL, 0);
            headers.putLong(header + MessageHeader.CONTROL_LENGTH, 0);
        }
    }

    void flush() {
        flushMessages();
        used = 0;
    }

    private void flushMessages() {
        int from = 0;
        while (from < queued) {
            int sent = calls.send(socket, messages.asSlice((long) MessageHeader.SIZE * from), queued - from);
            if (sent > 0) {
                from += sent;
            } else if (calls.errno() != SocketCalls.EINTR) {
                refused(from, calls.errno());
                from++; // lost, as on the way: the client's silence is dealt with
            }
        }
        queued = 0;
    }

    /** A device or a kernel without segmentation says so at the first attempt. */
    private void refused(int message, int errno) {
        if (errno == SocketCalls.EMSGSIZE) {
            tooLong.accept(socket);
            return;
        }
        boolean segmented = headers.getLong(message * MessageHeader.SIZE + MessageHeader.CONTROL) != 0;
        if (segmented && segments && (errno == SocketCalls.EIO || errno == SocketCalls.EINVAL)) {
            segments = false;
            LOG.infof("UDP segmentation is not to be had here: datagrams leave one by one errno=%d", errno);
        }
    }
}
