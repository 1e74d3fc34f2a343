package org.pxemesh.agent.host.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.SocketProblems;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.netboot.tftp.TransferTable;

/**
 * {@link BatchSockets} by recvmmsg, sendmmsg and UDP segmentation, with the C library's functions called through Java's
 * Foreign Function and Memory API. All memory is laid out once.
 *
 * <p>Netty's native transport has the same calls; it makes objects for each datagram on the way, which cost a third of the
 * server's time (decision 022).
 */
final class LinuxBatch implements BatchSockets {

    private static final Logger LOG = Logger.getLogger(LinuxBatch.class);
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int EFD_NONBLOCK = 04000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_BROADCAST = 6;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_BINDTODEVICE = 25;
    private static final int IPPROTO_IP = 0;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;

    /**
     * "Don't fragment": blocks fit the segment's MTU, and the kernel needs no identification per datagram then, which is a
     * thirtieth of its work. A path that is narrower says so, and the option is taken back ({@link SendSlots}).
     */
    private static final int IP_PMTUDISC_DO = 2;

    private static final int IP_PMTUDISC_WANT = 1;
    private static final int POLLIN = 1;
    private static final int POLL_ENTRY = 8;

    /** A device that takes nothing for so long loses datagrams; it does not hold up other clients. */
    private static final long SEND_TIMEOUT_MICROS = 50_000;

    private final Arena arena = Arena.ofShared();
    private final SocketCalls calls = new SocketCalls(arena);
    private final SocketCalls wakeCalls = new SocketCalls(arena);
    private final MemorySegment eventValue = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment wakeValue = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment polled;
    private final ByteBuffer polledBytes;
    private final int[] sockets;
    private final int[] ports;
    private final int event;
    private final ReceiveSlots in = new ReceiveSlots(arena);
    private final SendSlots out;
    private final BriefWait spin = new BriefWait(System::nanoTime);
    private int last;
    private int inARow;
    private boolean closed;

    private LinuxBatch(int count, UnaryOperator<SendCall> sends) {
        sockets = new int[count];
        ports = new int[count];
        java.util.Arrays.fill(sockets, -1);
        polled = arena.allocate((long) POLL_ENTRY * (count + 1), POLL_ENTRY);
        polledBytes = polled.asByteBuffer().order(ByteOrder.nativeOrder());
        out = new SendSlots(arena, sends.apply(calls), socket -> mayFragment(socket, true));
        event = calls.event(EFD_NONBLOCK);
        entry(count, event);
    }

    /** @param holder names who holds a port that is taken */
    static LinuxBatch open(List<SocketSpec> specs, int buffer, IntFunction<Optional<String>> holder) {
        return open(specs, buffer, holder, UnaryOperator.identity());
    }

    /** @param sends what stands before the system's call: tests let it refuse what devices and ways refuse */
    static LinuxBatch open(
            List<SocketSpec> specs, int buffer, IntFunction<Optional<String>> holder, UnaryOperator<SendCall> sends) {
        LinuxBatch batch = new LinuxBatch(specs.size(), sends);
        for (int i = 0; i < specs.size(); i++) {
            SocketSpec spec = specs.get(i);
            try {
                batch.add(i, spec, buffer);
            } catch (IOException e) {
                batch.close();
                throw SocketProblems.explain(spec, e, holder.apply(spec.port()));
            }
        }
        return batch;
    }

    private void add(int number, SocketSpec spec, int buffer) throws IOException {
        int socket = checked("socket", calls.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC));
        sockets[number] = socket;
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment device = brief.allocateFrom(spec.network().getName(), StandardCharsets.US_ASCII);
            checked("SO_BINDTODEVICE", calls.option(socket, SOL_SOCKET, SO_BINDTODEVICE, device));
            MemorySegment octets = brief.allocateFrom(ValueLayout.JAVA_INT, buffer);
            checked("SO_RCVBUF", calls.option(socket, SOL_SOCKET, SO_RCVBUF, octets));
            checked("SO_SNDBUF", calls.option(socket, SOL_SOCKET, SO_SNDBUF, octets));
            mayFragment(socket, false);
            // A kernel that does not know the option would take a whole window for one datagram.
            MemorySegment none = brief.allocateFrom(ValueLayout.JAVA_INT, 0);
            if (calls.option(socket, SendSlots.SOL_UDP, SendSlots.UDP_SEGMENT, none) < 0) {
                out.endSegments();
            }
            if (spec.wildcard()) {
                checked("SO_BROADCAST", calls.option(socket, SOL_SOCKET, SO_BROADCAST, one(brief)));
            }
            if (spec.group().isPresent()) {
                join(socket, spec, spec.group().get(), brief);
            }
            MemorySegment patience = brief.allocateFrom(ValueLayout.JAVA_LONG, 0, SEND_TIMEOUT_MICROS);
            checked("SO_SNDTIMEO", calls.option(socket, SOL_SOCKET, SO_SNDTIMEO, patience));
            MemorySegment name = brief.allocate(SendSlots.NAME, ValueLayout.JAVA_LONG.byteAlignment());
            int address = spec.wildcard() ? 0 : bits(spec.address());
            name.asByteBuffer().putLong(SocketName.of(TransferTable.key(address, spec.port())));
            checked("bind", calls.bind(socket, name));
            MemorySegment length = brief.allocateFrom(ValueLayout.JAVA_INT, SendSlots.NAME);
            checked("getsockname", calls.name(socket, name, length));
            ports[number] =
                    TransferTable.port(SocketName.key(name.asByteBuffer().getLong()));
        }
        entry(number, socket);
    }

    /** What this machine itself tells the group does not come back to it. */
    private void join(int socket, SocketSpec spec, Inet4Address group, Arena brief) throws IOException {
        checked("SO_REUSEADDR", calls.option(socket, SOL_SOCKET, SO_REUSEADDR, one(brief)));
        // ip_mreqn: group, address, index of the interface
        MemorySegment membership = brief.allocate(12, 4);
        membership.asByteBuffer().putInt(bits(group)).putInt(bits(spec.address()));
        membership.set(ValueLayout.JAVA_INT, 8, spec.network().getIndex());
        checked("IP_ADD_MEMBERSHIP", calls.option(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, membership));
        checked("IP_MULTICAST_IF", calls.option(socket, IPPROTO_IP, IP_MULTICAST_IF, membership));
        checked("IP_MULTICAST_TTL", calls.option(socket, IPPROTO_IP, IP_MULTICAST_TTL, one(brief)));
        MemorySegment none = brief.allocateFrom(ValueLayout.JAVA_INT, 0);
        checked("IP_MULTICAST_LOOP", calls.option(socket, IPPROTO_IP, IP_MULTICAST_LOOP, none));
    }

    private static MemorySegment one(Arena brief) {
        return brief.allocateFrom(ValueLayout.JAVA_INT, 1);
    }

    private static int bits(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    /** It is a help, not a need: a kernel that refuses is no problem. */
    private void mayFragment(int socket, boolean may) {
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment value = brief.allocateFrom(ValueLayout.JAVA_INT, may ? IP_PMTUDISC_WANT : IP_PMTUDISC_DO);
            calls.option(socket, IPPROTO_IP, IP_MTU_DISCOVER, value);
        }
    }

    private int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw calls.problem(call);
        }
        return result;
    }

    private void entry(int number, int descriptor) {
        polledBytes.putInt(number * POLL_ENTRY, descriptor).putShort(number * POLL_ENTRY + 4, (short) POLLIN);
    }

    @Override
    public String description() {
        return out.segments() ? "recvmmsg, sendmmsg, UDP segmentation" : "recvmmsg, sendmmsg";
    }

    @Override
    public int port(int number) {
        return ports[number];
    }

    @Override
    public int receive(long waitMillis) throws IOException {
        flush();
        // Where packets were they are again; the others get a look often enough, and whenever it is quiet there.
        if (inARow < 16 && read(last) > 0) {
            inARow++;
            return in.count();
        }
        inARow = 0;
        int ready = calls.poll(polled, sockets.length + 1L, 0);
        if (ready == 0) {
            ready = spin.until(() -> calls.poll(polled, sockets.length + 1L, 0));
        }
        if (ready == 0 && waitMillis != 0) {
            int millis = (int) Math.clamp(waitMillis, -1, Integer.MAX_VALUE);
            spin.sleeps();
            ready = calls.poll(polled, sockets.length + 1L, millis);
        }
        if (ready <= 0) {
            return problemless(ready);
        }
        for (int i = 1; i <= sockets.length; i++) {
            int number = (last + i) % sockets.length;
            if (polledBytes.getShort(number * POLL_ENTRY + 6) != 0 && read(number) > 0) {
                return in.count();
            }
        }
        if (polledBytes.getShort(sockets.length * POLL_ENTRY + 6) != 0) {
            calls.read(event, eventValue);
        }
        return 0;
    }

    private int problemless(int result) throws IOException {
        if (result < 0 && calls.errno() != SocketCalls.EINTR) {
            throw calls.problem("poll");
        }
        return 0;
    }

    /** An error that the network left with a socket counts as nothing: reading took it off. */
    private int read(int number) {
        last = number;
        return in.read(calls, sockets[number]);
    }

    @Override
    public int socket() {
        return last;
    }

    @Override
    public long sender(int datagram) {
        return in.sender(datagram);
    }

    @Override
    public int length(int datagram) {
        return in.length(datagram);
    }

    @Override
    public int head(int datagram) {
        return in.head(datagram);
    }

    @Override
    public int octet(int datagram, int at) {
        return in.octet(datagram, at);
    }

    @Override
    public ByteBuffer copy(int datagram) {
        return in.copy(datagram);
    }

    @Override
    public void send(int number, long to, byte[] datagram) {
        out.send(sockets[number], to, datagram);
    }

    /** The address is asked for once. */
    private record Memory(long address, ByteBuffer octets) implements Kept {}

    @Override
    public Kept keep(int octets) {
        MemorySegment memory = arena.allocate(octets, 64);
        return new Memory(memory.address(), memory.asByteBuffer());
    }

    @Override
    public void send(int number, long to, Kept from, int at, int length, int segment) {
        out.send(sockets[number], to, ((Memory) from).address() + at, length, segment);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public long flushes() {
        return out.flushes();
    }

    @Override
    public synchronized void wake() {
        if (!closed) {
            wakeValue.set(ValueLayout.JAVA_LONG, 0, 1);
            wakeCalls.write(event, wakeValue);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int socket : sockets) {
            if (socket >= 0) {
                calls.close(socket);
            }
        }
        calls.close(event);
        arena.close();
        LOG.debugf("closed sockets=%d", sockets.length);
    }
}
