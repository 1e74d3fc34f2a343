package org.pxemesh.agent.tftp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.agent.boot.Monotonic;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.Handover;
import org.pxemesh.netboot.tftp.TransferLimits;

/**
 * The TFTP server of one segment, on a thread of its own: reads what came in, lets {@link Transfers} answer, sends all
 * answers together. Who may have which file is asked on the boot thread ({@link TftpDesk}).
 */
public final class TftpServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TftpServer.class);

    /** How often silence is looked at while transfers run. */
    private static final long TICK_MILLIS = 10;

    private static final long CLOSE_MILLIS = 2_000;

    private final BatchSockets sockets;
    private final TftpPorts ports;
    private final Transfers transfers;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    private TftpServer(
            BootDesk desk,
            Executor bootThread,
            Inet4Address address,
            BatchSockets sockets,
            TftpPorts ports,
            TransferLimits limits,
            BootMetrics metrics,
            Consumer<Handover> neighbours) {
        this.sockets = sockets;
        this.ports = ports;
        this.transfers = new Transfers(
                Ipv4Address.of(address),
                sockets,
                ports,
                limits,
                metrics,
                new BootThread(desk, bootThread, this::post),
                neighbours);
        this.thread = new Thread(null, this::run, "pxemesh-tftp", 256 * 1024);
        thread.setDaemon(true);
    }

    /**
     * Opens the ports and serves.
     *
     * @param bootThread where plans and reports are made
     * @param neighbours are told of each long transfer about once a second, on TFTP's thread
     * @throws org.pxemesh.agent.StartProblem when one of them cannot be had; none is open then
     */
    public static TftpServer open(
            BootDesk desk,
            HostNetwork network,
            Executor bootThread,
            NetworkInterface device,
            Inet4Address address,
            TftpPorts ports,
            TransferLimits limits,
            BootMetrics metrics,
            Consumer<Handover> neighbours) {
        BatchSockets sockets = network.openBatch(ports.sockets(device, address));
        LOG.infof(
                "TFTP serves address=%s requests=%d transfers=%s by=%s",
                address.getHostAddress(),
                sockets.port(0),
                ports.single() ? "69" : ports.first() + "-" + ports.last(),
                sockets.description());
        TftpServer server = new TftpServer(desk, bootThread, address, sockets, ports, limits, metrics, neighbours);
        server.thread.start();
        return server;
    }

    /** The port where requests come in. */
    public int port() {
        return sockets.port(0);
    }

    /** The ports over which transfers run, the first of them. */
    public int transferPort() {
        return sockets.port(ports.single() ? 0 : 1);
    }

    /**
     * Goes on with a transfer of a server that is gone, whose address and ports this one has now. A client that is heard of
     * again goes on loading; content that is not here, or is other content, is not sent.
     */
    public void takeOver(Handover told) {
        post(() -> transfers.takeOver(told, Monotonic.millis()));
    }

    private void post(Runnable task) {
        inbox.add(task);
        sockets.wake();
    }

    private void run() {
        long tickAt = 0;
        try {
            while (!closing) {
                int count = sockets.receive(transfers.isIdle() ? -1 : TICK_MILLIS);
                long now = Monotonic.millis();
                for (int i = 0; i < count; i++) {
                    answer(i, now);
                }
                for (@Nullable Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
                    task.run();
                }
                if (now >= tickAt) {
                    transfers.tick(now);
                    tickAt = now + TICK_MILLIS;
                }
            }
        } catch (IOException e) {
            LOG.errorf(e, "TFTP ends: its sockets cannot be read any more");
        } finally {
            transfers.close();
        }
    }

    /** Whatever a stranger sends, the next one is served. */
    private void answer(int datagram, long now) {
        try {
            transfers.onDatagram(datagram, now);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a datagram was not answered: this is a mistake of the program's");
        }
    }

    /** Drops all transfers. */
    @Override
    public void close() {
        closing = true;
        sockets.wake();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            sockets.close();
        }
    }
}
