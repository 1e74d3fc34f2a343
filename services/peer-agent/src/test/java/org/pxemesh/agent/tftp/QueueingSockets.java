package org.pxemesh.agent.tftp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.agent.host.BatchSockets;

/** Sockets on which nothing leaves before the flush: what is changed until then leaves changed. Nothing ever comes in. */
final class QueueingSockets implements BatchSockets {

    private record Queued(Kept from, int at, int length) {}

    private record Memory(ByteBuffer octets) implements Kept {}

    final List<byte[]> left = new ArrayList<>();
    int kept;
    private final List<Queued> queued = new ArrayList<>();
    private long flushes;

    @Override
    public Kept keep(int octets) {
        kept++;
        return new Memory(ByteBuffer.allocate(octets));
    }

    @Override
    public void send(int socket, long to, Kept from, int at, int length, int segment) {
        queued.add(new Queued(from, at, length));
    }

    @Override
    public void flush() {
        for (Queued each : queued) {
            byte[] octets = new byte[each.length()];
            each.from().octets().get(each.at(), octets);
            left.add(octets);
        }
        queued.clear();
        flushes++;
    }

    @Override
    public long flushes() {
        return flushes;
    }

    @Override
    public String description() {
        return "a test's";
    }

    @Override
    public int port(int socket) {
        return 69;
    }

    @Override
    public int receive(long waitMillis) {
        return 0;
    }

    @Override
    public int socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long sender(int datagram) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int length(int datagram) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int head(int datagram) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int octet(int datagram, int at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuffer copy(int datagram) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void send(int socket, long to, byte[] datagram) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
}
