package org.pxemesh.agent.host.portable;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.SocketProblems;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.netboot.tftp.TransferTable;

/** {@link BatchSockets} by a selector: a system call per datagram, anywhere a JVM runs. */
public final class NioBatch implements BatchSockets {

    private static final Logger LOG = Logger.getLogger(NioBatch.class);
    private static final int BATCH = 64;
    private static final int DATAGRAM = 2048;

    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<DatagramChannel> ears = new ArrayList<>();
    private final ByteBuffer[] datagrams = new ByteBuffer[BATCH];
    private final long[] senders = new long[BATCH];
    private Iterator<SelectionKey> ready = List.<SelectionKey>of().iterator();
    private int socket;
    private long flushes;

    private NioBatch(Selector selector) {
        this.selector = selector;
        for (int i = 0; i < BATCH; i++) {
            datagrams[i] = ByteBuffer.allocate(DATAGRAM);
        }
    }

    /**
     * Opens and binds the sockets, or none.
     *
     * @param buffer octets that each may hold, each way
     */
    public static NioBatch open(List<SocketSpec> specs, int buffer) {
        NioBatch batch = null;
        for (SocketSpec spec : specs) {
            try {
                if (batch == null) {
                    batch = new NioBatch(Selector.open());
                }
                batch.add(spec, buffer);
            } catch (IOException e) {
                if (batch != null) {
                    batch.close();
                }
                throw SocketProblems.explain(spec, e, Optional.empty());
            }
        }
        if (batch == null) {
            throw new IllegalArgumentException("no socket is asked for");
        }
        return batch;
    }

    /**
     * Where broadcasts are heard, two sockets on one port look like one: the wildcard one hears them; the one with the
     * interface's address gets what is sent to it, and sends. Linux and Windows let a limited broadcast leave by the
     * interface whose address its socket has; without one, by the default route's.
     */
    private void add(SocketSpec spec, int buffer) throws IOException {
        boolean paired = spec.wildcard() && spec.group().isEmpty();
        int number = channels.size();
        if (paired) {
            ears.add(open(spec, true, true, buffer, number));
        }
        channels.add(open(spec, spec.wildcard() && !paired, paired, buffer, number));
    }

    /** @param shared whether another socket of ours has the port too */
    private DatagramChannel open(SocketSpec spec, boolean wildcard, boolean shared, int buffer, int number)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, buffer);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, spec.wildcard());
            channel.setOption(
                    StandardSocketOptions.SO_REUSEADDR, shared || spec.group().isPresent());
            channel.bind(
                    wildcard ? new InetSocketAddress(spec.port()) : new InetSocketAddress(spec.address(), spec.port()));
            if (spec.group().isPresent()) {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, spec.network());
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
                channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
                channel.join(spec.group().get(), spec.network());
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, number);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "nio";
    }

    @Override
    public int port(int number) {
        return channels.get(number).socket().getLocalPort();
    }

    @Override
    public int receive(long waitMillis) throws IOException {
        if (!ready.hasNext()) {
            selector.selectedKeys().clear();
            if (waitMillis == 0) {
                selector.selectNow();
            } else {
                selector.select(Math.max(waitMillis, 0));
            }
            ready = List.copyOf(selector.selectedKeys()).iterator();
            if (!ready.hasNext()) {
                return 0;
            }
        }
        SelectionKey key = ready.next();
        socket = (Integer) key.attachment();
        DatagramChannel channel = (DatagramChannel) key.channel();
        int count = 0;
        while (count < BATCH && channel.receive(datagrams[count].clear()) instanceof InetSocketAddress sender) {
            datagrams[count].flip();
            senders[count] = key(sender);
            count++;
        }
        return count;
    }

    private static long key(InetSocketAddress sender) {
        int address = ByteBuffer.wrap(sender.getAddress().getAddress()).getInt();
        return TransferTable.key(address, sender.getPort());
    }

    @Override
    public int socket() {
        return socket;
    }

    @Override
    public long sender(int datagram) {
        return senders[datagram];
    }

    @Override
    public int length(int datagram) {
        return datagrams[datagram].limit();
    }

    @Override
    public int head(int datagram) {
        return length(datagram) < 4 ? 0 : datagrams[datagram].getInt(0);
    }

    @Override
    public int octet(int datagram, int at) {
        return datagrams[datagram].get(at) & 0xff;
    }

    @Override
    public ByteBuffer copy(int datagram) {
        byte[] octets = new byte[length(datagram)];
        datagrams[datagram].get(0, octets);
        return ByteBuffer.wrap(octets);
    }

    @Override
    public void send(int number, long to, byte[] datagram) {
        send(number, to, ByteBuffer.wrap(datagram), datagram.length);
    }

    private record Memory(ByteBuffer octets) implements Kept {}

    @Override
    public Kept keep(int octets) {
        return new Memory(ByteBuffer.allocateDirect(octets));
    }

    @Override
    public void send(int number, long to, Kept from, int at, int length, int segment) {
        send(number, to, from.octets().slice(at, length), segment);
    }

    private void send(int number, long to, ByteBuffer octets, int segment) {
        int end = octets.limit();
        try {
            InetSocketAddress client = new InetSocketAddress(address(to), TransferTable.port(to));
            do {
                octets.limit(Math.min(end, octets.position() + segment));
                if (channels.get(number).send(octets, client) == 0) {
                    octets.position(octets.limit()); // the system's buffer is full
                }
            } while (octets.position() < end);
        } catch (IOException e) {
            LOG.debugf(e, "a datagram was not sent");
        }
    }

    private static InetAddress address(long key) throws UnknownHostException {
        byte[] octets =
                ByteBuffer.allocate(4).putInt(TransferTable.address(key)).array();
        return (Inet4Address) InetAddress.getByAddress(octets);
    }

    /** All has left already. */
    @Override
    public void flush() {}

    /** Never twice the same: nothing ever waits. */
    @Override
    public long flushes() {
        return ++flushes;
    }

    @Override
    public void wake() {
        if (selector.isOpen()) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        try {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
            for (DatagramChannel channel : ears) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debugf(e, "closing sockets");
        }
    }
}
