package org.pxemesh.agent.host.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * What sendmmsg takes: messages that wait for the next call. A window of equal
 * datagrams is one message, which the kernel or the network card cuts (UDP_SEGMENT, Linux 4.18 on). Where it is refused, the
 * datagrams leave one by one at once: nobody waits for them.
 */
final class SendSlots {

    /** Octets of a {@code sockaddr_in}. */
    static final int NAME = 16;

    private static final Logger LOG = Logger.getLogger(SendSlots.class);
    private static final int BATCH = 64;

    /** The longest of the datagrams that are copied: what one Ethernet packet can have, as DHCP's and gathered messages. */
    private static final int SHORT = 1536;

    /** Longer datagrams are fragments on an Ethernet; nothing cuts into those. */
    private static final int LONGEST_SEGMENT = 1472;

    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;

    /** A narrow way refuses the windows of one client; who is refused so often in a row has a device that cannot. */
    static final int REFUSALS = 8;

    /** CMSG_SPACE and CMSG_LEN of two octets. */
    private static final int CONTROL_SPACE = 24;

    private static final int CONTROL_LEN = 18;
    private static final int MOST_SEGMENTS = 64;

    private final SendCall calls;
    private final IntConsumer tooLong;
    private final MemorySegment messages;
    private final ByteBuffer headers;
    private final ByteBuffer names;
    private final ByteBuffer vectors;
    private final ByteBuffer controls;
    private final ByteBuffer shorts;
    private final long shortsAt;
    private final long controlsAt;
    private int queued;
    private long flushes;
    private int socket = -1;
    private boolean segments = true;
    private int refusals;

    /** @param tooLong what to do with a socket that says of a datagram that it is too long for the way */
    SendSlots(Arena arena, SendCall calls, IntConsumer tooLong) {
        this.calls = calls;
        this.tooLong = tooLong;
        messages = arena.allocate((long) MessageHeader.SIZE * BATCH, 8);
        MemorySegment namesAt = arena.allocate((long) NAME * BATCH, 8);
        MemorySegment vectorsAt = arena.allocate((long) MessageHeader.VECTOR * BATCH, 8);
        MemorySegment controlsAll = arena.allocate((long) CONTROL_SPACE * BATCH, 8);
        MemorySegment shortsAll = arena.allocate((long) SHORT * BATCH, 64);
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
        shorts = shortsAll.asByteBuffer();
        shortsAt = shortsAll.address();
        controlsAt = controlsAll.address();
    }

    boolean segments() {
        return segments;
    }

    /** From now on datagrams leave one by one. */
    void endSegments() {
        segments = false;
    }

    /** Queues a short datagram, which is copied. */
    void send(int to, long client, byte[] datagram) {
        if (datagram.length > SHORT) {
            throw new IllegalArgumentException(datagram.length + " octets; at most " + SHORT);
        }
        makeRoom(to);
        shorts.put(queued * SHORT, datagram);
        queue(client, shortsAt + (long) queued * SHORT, datagram.length, datagram.length);
    }

    /** Queues datagrams of {@code segment} octets that stand at an address, the last one perhaps shorter. */
    void send(int to, long client, long at, int length, int segment) {
        int most = segments && segment <= LONGEST_SEGMENT ? MOST_SEGMENTS * segment : segment;
        int done = 0;
        do {
            makeRoom(to);
            int next = Math.min(length - done, most);
            queue(client, at + done, next, segment);
            done += next;
        } while (done < length);
    }

    private void makeRoom(int to) {
        if (queued == BATCH || to != socket) {
            flush();
            socket = to;
        }
    }

    private void queue(long client, long at, int length, int segment) {
        int i = queued++;
        names.putLong(i * NAME, SocketName.of(client));
        vectors.putLong(i * MessageHeader.VECTOR, at);
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

    /** Counts flushes: whose octets were queued before the last one may change them. */
    long flushes() {
        return flushes;
    }

    void flush() {
        int from = 0;
        while (from < queued) {
            int sent = calls.send(socket, messages.asSlice((long) MessageHeader.SIZE * from), queued - from);
            if (sent > 0) {
                if (refusals > 0 && isSegmented(from)) {
                    refusals = 0;
                }
                from += sent;
            } else if (calls.errno() != SocketCalls.EINTR) {
                refused(from, calls.errno());
                from++;
            }
        }
        queued = 0;
        flushes++;
    }

    private boolean isSegmented(int message) {
        return headers.getLong(message * MessageHeader.SIZE + MessageHeader.CONTROL) != 0;
    }

    /** What still does not leave then is lost, as on the way: the client's silence is dealt with. */
    private void refused(int message, int errno) {
        boolean segmented = isSegmented(message);
        if (segmented && SocketCalls.refusesSegments(errno)) {
            refusals++;
            if (refusals == REFUSALS) {
                endSegments();
                LOG.infof("UDP segmentation is not to be had here: datagrams leave one by one errno=%d", errno);
            }
            sendOneByOne(message);
        } else if (errno == SocketCalls.EMSGSIZE) {
            tooLong.accept(socket);
            if (segmented) {
                sendOneByOne(message);
            } else {
                send(message);
            }
        }
    }

    private void sendOneByOne(int message) {
        int vector = message * MessageHeader.VECTOR;
        long at = vectors.getLong(vector);
        long end = at + vectors.getLong(vector + 8);
        int segment = controls.getShort(message * CONTROL_SPACE + 16) & 0xffff;
        headers.putLong(message * MessageHeader.SIZE + MessageHeader.CONTROL, 0);
        headers.putLong(message * MessageHeader.SIZE + MessageHeader.CONTROL_LENGTH, 0);
        for (; at < end; at += segment) {
            vectors.putLong(vector, at);
            vectors.putLong(vector + 8, Math.min(segment, end - at));
            if (!send(message) && calls.errno() == SocketCalls.EMSGSIZE) {
                tooLong.accept(socket);
                send(message);
            }
        }
    }

    private boolean send(int message) {
        MemorySegment one = messages.asSlice((long) MessageHeader.SIZE * message, MessageHeader.SIZE);
        int sent = calls.send(socket, one, 1);
        while (sent < 0 && calls.errno() == SocketCalls.EINTR) {
            sent = calls.send(socket, one, 1);
        }
        return sent > 0;
    }
}
