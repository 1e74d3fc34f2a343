package org.pxemesh.lab.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.LabException;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.sim.DhcpHost;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/**
 * Runs a model in real time on this host's sockets. The DHCP server that every boot needs beside the boot server is
 * played here: it gives the machine this host's own address, so that TFTP works and no lease is taken from anybody. Where
 * a real DHCP server or a relay is part of what is examined, that server has to give this host's address instead, and
 * all that the segment's servers say is heard.
 */
final class Rig implements AutoCloseable {
    /** RFC 2131, section 2, figures 1 and 2. */
    private static final int BOOTP_FLAGS = 10;

    private static final byte BROADCAST_FLAG = (byte) 0x80;

    private final int self;
    private final int host;
    private final ServicePorts ports;
    private final DhcpHost dhcp;
    private final boolean leased;
    private final Selector selector;
    private final Map<Integer, DatagramChannel> channels = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);

    /** What became of a program, and what it noted. */
    record Run(Program program, List<ZooEffect.SawReply> saw) {}

    Rig(int self, int host, ServicePorts ports) throws IOException {
        this(self, host, ports, false);
    }

    /** @param leased whether a DHCP server of the segment's gives the address */
    Rig(int self, int host, ServicePorts ports, boolean leased) throws IOException {
        this.leased = leased;
        this.self = self;
        this.host = host;
        this.ports = ports;
        this.dhcp = DhcpHost.always(self, self);
        this.selector = Selector.open();
        open(ports.client());
        open(ports.bootServer());
    }

    /** Plays a program to its end, or until the time is up. */
    Run play(Program program, long limitMillis) throws IOException {
        List<ZooEffect.SawReply> saw = new ArrayList<>();
        long end = millis() + limitMillis;
        drain();
        Program now = move(program.on(new ZooEvent.Started(), millis()), saw);
        while (!now.isOver() && millis() < end) {
            long wait = Math.min(now.dueAt(), end) - millis();
            if (wait > 0) {
                selector.select(wait);
            }
            for (Datagram datagram : read()) {
                now = move(now.on(new ZooEvent.Received(datagram), millis()), saw);
            }
            if (now.dueAt() <= millis()) {
                now = move(now.on(new ZooEvent.Tick(), millis()), saw);
            }
        }
        closeTransfers();
        return new Run(now, saw);
    }

    private Program move(Program.Step step, List<ZooEffect.SawReply> saw) throws IOException {
        Program next = step.next();
        List<Datagram> leases = new ArrayList<>();
        for (ZooEffect effect : step.effects()) {
            switch (effect) {
                case ZooEffect.SawReply reply -> saw.add(reply);
                case ZooEffect.Send send -> {
                    send(send);
                    if (!leased && send.to().address() == Endpoint.BROADCAST) {
                        leases.addAll(dhcp.answer(send.payload()));
                    }
                }
            }
        }
        for (Datagram lease : leases) {
            next = move(next.on(new ZooEvent.Received(lease), millis()), saw);
        }
        return next;
    }

    /**
     * The machine's hardware address is not this host's card's: a DHCP server's answer to that address would be dropped
     * by the card. Firmware that asks for no broadcast (iPXE) asks for one here.
     */
    private byte[] heard(ZooEffect.Send send) {
        if (!leased || send.fromPort() != ports.client() || send.to().address() != Endpoint.BROADCAST) {
            return send.payload();
        }
        byte[] message = send.payload().clone();
        message[BOOTP_FLAGS] |= BROADCAST_FLAG;
        return message;
    }

    private void send(ZooEffect.Send send) throws IOException {
        try {
            open(send.fromPort())
                    .send(
                            ByteBuffer.wrap(heard(send)),
                            new InetSocketAddress(
                                    InetAddress.getByName(
                                            Endpoint.text(send.to().address())),
                                    send.to().port()));
        } catch (java.net.PortUnreachableException refused) {
            // seen by the model as silence, like by most firmware
        } catch (IOException e) {
            throw new LabException(
                    "cannot send to " + send.to() + ": " + e.getMessage() + "; is there a route to it"
                            + " (ip route add 255.255.255.255 dev ...)?",
                    e);
        }
    }

    private List<Datagram> read() throws IOException {
        List<Datagram> datagrams = new ArrayList<>();
        selector.selectNow();
        for (SelectionKey key : selector.selectedKeys()) {
            DatagramChannel channel = (DatagramChannel) key.channel();
            int port = (Integer) key.attachment();
            while (channel.isOpen() && channel.receive(buffer.clear()) instanceof InetSocketAddress from) {
                byte[] payload = new byte[buffer.flip().remaining()];
                buffer.get(payload);
                int address = ByteBuffer.wrap(from.getAddress().getAddress()).getInt();
                boolean dhcpPort = port == ports.client() || port == ports.bootServer();
                if (address == host || leased || !dhcpPort) {
                    datagrams.add(
                            new Datagram(new Endpoint(address, from.getPort()), new Endpoint(self, port), payload));
                }
            }
        }
        selector.selectedKeys().clear();
        return datagrams;
    }

    /** What came after the last program's end is not for the next one. */
    private void drain() throws IOException {
        selector.selectNow();
        read();
    }

    private DatagramChannel open(int port) throws IOException {
        DatagramChannel known = channels.get(port);
        if (known != null) {
            return known;
        }
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            channel.bind(new InetSocketAddress(port));
        } catch (SocketException e) {
            channel.close();
            throw new LabException(
                    "UDP port " + port + " cannot be bound: " + e.getMessage()
                            + "; run as root, on a host without a DHCP client or boot server on that port",
                    e);
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, port);
        channels.put(port, channel);
        return channel;
    }

    private void closeTransfers() throws IOException {
        for (var all = channels.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Integer, DatagramChannel> entry = all.next();
            if (entry.getKey() != ports.client() && entry.getKey() != ports.bootServer()) {
                entry.getValue().close();
                all.remove();
            }
        }
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void close() {
        try {
            for (DatagramChannel channel : channels.values()) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }
}
