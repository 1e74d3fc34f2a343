package org.pxemesh.agent.tftp;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.TftpPacket;

/** The way from TFTP's thread to the boot thread, where plans and reports are made, and back. */
final class BootThread {

    /** Requests that wait there; whoever asks beyond that asks again by itself. */
    private static final int MOST_WAITING = 256;

    private final BootDesk desk;
    private final TftpDesk files;
    private final Executor loop;
    private final Consumer<Runnable> back;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param back runs a task on TFTP's thread */
    BootThread(BootDesk desk, Executor loop, Consumer<Runnable> back) {
        this.desk = desk;
        this.files = new TftpDesk(desk);
        this.loop = loop;
        this.back = back;
    }

    /**
     * Has a request answered.
     *
     * @param then what to do with the answer, on TFTP's thread
     * @return whether there was room for it
     */
    boolean ask(Ipv4Address client, TftpPacket.ReadRequest request, long now, Consumer<TftpDesk.Answer> then) {
        if (waiting.get() >= MOST_WAITING) {
            return false;
        }
        waiting.incrementAndGet();
        return execute(() -> {
            waiting.decrementAndGet();
            TftpDesk.Answer answer = files.answer(client, request, now);
            back.accept(() -> then.accept(answer));
        });
    }

    /** What is still arriving here; asked on any thread. */
    Arrivals arrivals() {
        return desk.arrivals();
    }

    void starved(BootSession boot, String path, long sent, String words) {
        execute(() -> desk.reporter().starved(boot, path, sent, words));
    }

    void served(BootSession boot, Served served, long now) {
        execute(() -> desk.reporter().served(boot, served, now));
    }

    private boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // the agent stops
        }
    }
}
