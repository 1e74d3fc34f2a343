package org.pxemesh.agent.host.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What recvmmsg fills: for each datagram a {@code mmsghdr}, a {@code sockaddr_in}, an {@code iovec} and room for its octets,
 * laid out as 64-bit Linux has them.
 */
final class ReceiveSlots {

    /** At most so many with one call. */
    static final int BATCH = 64;

    private static final int MSG_DONTWAIT = 0x40;

    /** As much as one Ethernet packet can have: DHCP's are the longest; what is longer is cut, and no packet of ours then. */
    private static final int DATAGRAM = 1536;

    private final MemorySegment messages;
    private final ByteBuffer headers;
    private final ByteBuffer names;
    private final ByteBuffer datagrams;
    private int count;

    ReceiveSlots(Arena arena) {
        messages = arena.allocate((long) MessageHeader.SIZE * BATCH, 8);
        MemorySegment namesAt = arena.allocate((long) SendSlots.NAME * BATCH, 8);
        MemorySegment vectors = arena.allocate((long) MessageHeader.VECTOR * BATCH, 8);
        MemorySegment octets = arena.allocate((long) DATAGRAM * BATCH, 64);
        for (int i = 0; i < BATCH; i++) {
            MemorySegment vector = vectors.asSlice((long) MessageHeader.VECTOR * i, MessageHeader.VECTOR);
            vector.set(ValueLayout.JAVA_LONG, 0, octets.address() + (long) DATAGRAM * i);
            vector.set(ValueLayout.JAVA_LONG, 8, DATAGRAM);
            MessageHeader.set(messages, i, namesAt.address() + (long) SendSlots.NAME * i, vector.address());
        }
        headers = messages.asByteBuffer().order(ByteOrder.nativeOrder());
        names = namesAt.asByteBuffer();
        datagrams = octets.asByteBuffer();
    }

    /** Reads what is there; negative or 0 for nothing. */
    int read(SocketCalls calls, int socket) {
        count = Math.max(calls.receive(socket, messages, BATCH, MSG_DONTWAIT), 0);
        return count;
    }

    int count() {
        return count;
    }

    long sender(int i) {
        return SocketName.key(names.getLong(i * SendSlots.NAME));
    }

    int length(int i) {
        return headers.getInt(i * MessageHeader.SIZE + MessageHeader.LENGTH);
    }

    int head(int i) {
        return length(i) < 4 ? 0 : datagrams.getInt(i * DATAGRAM);
    }

    int octet(int i, int at) {
        return datagrams.get(i * DATAGRAM + at) & 0xff;
    }

    ByteBuffer copy(int i) {
        byte[] octets = new byte[length(i)];
        datagrams.get(i * DATAGRAM, octets);
        return ByteBuffer.wrap(octets);
    }
}
