package org.pxemesh.agent.host.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A system that refuses some messages as devices and ways do, and takes the others, or has a real one take them. */
final class RefusingSends implements SendCall {

    private final ToIntFunction<Message> verdict;
    private final @Nullable SendCall real;
    private final List<Message> taken = new ArrayList<>();
    private int errno;
    private int refused;

    /** @param verdict 0 to take a message, else the error */
    RefusingSends(ToIntFunction<Message> verdict) {
        this(verdict, null);
    }

    RefusingSends(ToIntFunction<Message> verdict, @Nullable SendCall real) {
        this.verdict = verdict;
        this.real = real;
    }

    /** A {@code mmsghdr} with what hangs on it; {@code segment} is 0 where nothing is to be cut. */
    record Message(long client, byte[] octets, int segment) {

        int length() {
            return octets.length;
        }

        boolean isSegmented() {
            return segment > 0;
        }

        private static Message of(MemorySegment header) {
            MemorySegment name = at(header.get(ValueLayout.JAVA_LONG, 0), SendSlots.NAME);
            MemorySegment vector = at(header.get(ValueLayout.JAVA_LONG, 16), MessageHeader.VECTOR);
            MemorySegment octets = at(vector.get(ValueLayout.JAVA_LONG, 0), vector.get(ValueLayout.JAVA_LONG, 8));
            int segment = 0;
            if (header.get(ValueLayout.JAVA_LONG, MessageHeader.CONTROL) != 0) {
                MemorySegment control = at(
                        header.get(ValueLayout.JAVA_LONG, MessageHeader.CONTROL),
                        header.get(ValueLayout.JAVA_LONG, MessageHeader.CONTROL_LENGTH));
                segment = control.get(ValueLayout.JAVA_SHORT, 16) & 0xffff;
            }
            long client = SocketName.key(name.asByteBuffer().getLong());
            return new Message(client, octets.toArray(ValueLayout.JAVA_BYTE), segment);
        }

        private static MemorySegment at(long address, long length) {
            return MemorySegment.ofAddress(address).reinterpret(length);
        }
    }

    /** As the kernel: up to the first message that is refused, whose error only the next call tells. */
    @Override
    public int send(int socket, MemorySegment messages, int count) {
        for (int i = 0; i < count; i++) {
            MemorySegment header = messages.asSlice((long) MessageHeader.SIZE * i, MessageHeader.SIZE);
            Message message = Message.of(header);
            int error = verdict.applyAsInt(message);
            if (error != 0 && i > 0) {
                return i;
            }
            if (error != 0) {
                errno = error;
                refused++;
                return -1;
            }
            taken.add(message);
            if (real != null) {
                real.send(socket, header, 1);
            }
        }
        return count;
    }

    @Override
    public int errno() {
        return errno;
    }

    List<Message> taken() {
        return taken;
    }

    /** What is on the wire. */
    List<byte[]> datagrams() {
        List<byte[]> datagrams = new ArrayList<>();
        for (Message message : taken) {
            int segment = message.isSegmented() ? message.segment() : Math.max(message.length(), 1);
            for (int at = 0; at < message.length(); at += segment) {
                int end = Math.min(at + segment, message.length());
                datagrams.add(java.util.Arrays.copyOfRange(message.octets(), at, end));
            }
        }
        return datagrams;
    }

    /** Calls that failed. */
    int refused() {
        return refused;
    }
}
