package org.pxemesh.agent.boot;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.dhcp.Datagrams;
import org.pxemesh.agent.dhcp.Wire;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.TransferTable;

/**
 * The boot thread of one segment: it reads the UDP sockets of proxyDHCP in batches, lets their takers answer, sends the
 * answers together, and runs what others ask of it in between. All that hangs on the segment's boots and needs no locks
 * lives here; times are its own timers'. Netty has the timers and the queue, the sockets are {@link BatchSockets}.
 */
final class BootLoop extends SingleThreadEventExecutor {

    private static final Logger LOG = Logger.getLogger(BootLoop.class);
    private static final long CLOSE_MILLIS = 1_000;
    private static final long TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long BROKEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Answers that leave together: more would only keep the first of them waiting. */
    private static final int TOGETHER = 8;

    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable BatchSockets sockets;
    private List<Datagrams> takers = List.of();
    private Runnable afterwards = () -> {};
    private boolean broken;

    /** What is asked of it waits until it {@link #serve}s. */
    BootLoop() {
        super(null, new DefaultThreadFactory("pxemesh-boot", true), false);
    }

    /**
     * Begins to read.
     *
     * @param opened its own from now on
     * @param takersOfThem in the order of the sockets
     * @param afterEach what is to be sent when a batch has been dealt with
     */
    void serve(BatchSockets opened, List<Datagrams> takersOfThem, Runnable afterEach) {
        takers = takersOfThem;
        afterwards = afterEach;
        sockets = opened;
        ready.countDown();
        execute(() -> {});
    }

    /** The way out of a socket. */
    Wire wire(int socket) {
        return (datagram, to, port) -> {
            BatchSockets out = sockets;
            if (out != null) {
                out.send(socket, TransferTable.key(to.bits(), port), datagram);
            }
        };
    }

    @Override
    protected void run() {
        try {
            ready.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        while (!confirmShutdown()) {
            BatchSockets in = sockets;
            if (in != null) {
                try {
                    take(in, in.receive(hasTasks() ? 0 : millis(delayNanos(System.nanoTime()))));
                } catch (IOException e) {
                    failed(e);
                }
            }
            runAllTasks(TASKS_NANOS);
            finish();
        }
    }

    private void finish() {
        try {
            afterwards.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "what a batch left to be sent was not sent: this is a mistake of the program's");
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(nanos, 0) + 999_999);
    }

    private void take(BatchSockets in, int count) {
        if (count == 0) {
            return;
        }
        Datagrams taker = takers.get(in.socket());
        for (int i = 0; i < count; i++) {
            long sender = in.sender(i);
            try {
                taker.received(
                        in.copy(i).array(), new Ipv4Address(TransferTable.address(sender)), TransferTable.port(sender));
            } catch (RuntimeException e) {
                LOG.errorf(e, "a datagram was not answered: this is a mistake of the program's");
            }
            if (i % TOGETHER == TOGETHER - 1) {
                in.flush();
            }
        }
    }

    private void failed(IOException e) {
        if (!broken) {
            broken = true;
            LOG.errorf(e, "event=boot-sockets-unreadable action=restart-the-agent-if-it-stays");
        }
        LockSupport.parkNanos(BROKEN_NANOS);
    }

    @Override
    protected void wakeup(boolean inEventLoop) {
        BatchSockets asleep = sockets;
        if (!inEventLoop && asleep != null) {
            asleep.wake();
        }
    }

    @Override
    protected void cleanup() {
        BatchSockets open = sockets;
        if (open != null) {
            open.flush();
            open.close();
        }
    }

    /** Ends the thread and closes the sockets. */
    void end() {
        ready.countDown();
        shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }
}
