package org.pxemesh.content.wan;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A peer that always wants more and asks as the allowance says; each answer comes a little late, by chance. */
final class SimulatedReceiver {
    private static final long PROBE_AFTER = 100_000_000;
    private static final int HEADERS = 300;
    private static final double NOISE = 1_500_000;

    private final SimulatedLink link;
    private final RandomGenerator random;
    private final SimulatedHost host;
    private LongSupplier serverTakes = () -> 0;
    private WanState state;
    private long underWay;
    private long due;
    private long lastAnswer;
    private boolean waiting;
    private long bytes;

    SimulatedReceiver(SimulatedLink link, long seed) {
        this(link, seed, SimulatedHost.IDLE);
    }

    SimulatedReceiver(SimulatedLink link, long seed, SimulatedHost host) {
        this.link = link;
        this.host = host;
        this.random = new java.util.Random(seed);
        this.state = WanState.begin(link.now());
        link.at(link.now(), this::ask);
        link.at(link.now() + PROBE_AFTER, this::probe);
    }

    WanState state() {
        return state;
    }

    long bytes() {
        return bytes;
    }

    /** How long the server thinks before each answer, nanoseconds. */
    void serverTakes(LongSupplier nanos) {
        serverTakes = nanos;
    }

    void limit(WanLimit limit) {
        state = WanState.apply(state, new WanEvent.Limited(link.now(), limit));
        ask();
    }

    private void ask() {
        while (true) {
            Allowance allowance = state.allowance();
            if (!allowance.fits(underWay, allowance.piece())) {
                return;
            }
            long now = link.now();
            if (due > now) {
                if (!waiting) {
                    waiting = true;
                    link.at(host.looks(due), () -> {
                        waiting = false;
                        ask();
                    });
                }
                return;
            }
            due = allowance.nextAfter(due, now, allowance.piece());
            underWay += allowance.piece();
            int piece = allowance.piece();
            link.up(() -> link.at(link.now() + serverTakes.getAsLong(), () -> serve(now, piece)));
        }
    }

    private void probe() {
        long now = link.now();
        if (now - lastAnswer >= PROBE_AFTER) {
            link.up(() -> link.down(HEADERS, at -> look(at, () -> answered(now, host.late(at))), () -> {}));
        }
        link.at(now + PROBE_AFTER, this::probe);
    }

    private void serve(long sentAt, int piece) {
        for (int left = piece, first = HEADERS; left > 0; left -= SimulatedLink.PACKET, first = 0) {
            send(sentAt, Math.min(left, SimulatedLink.PACKET), first > 0);
        }
    }

    private void send(long sentAt, int length, boolean first) {
        link.down(
                length,
                at -> {
                    if (first) {
                        long seen = at + (long) (random.nextDouble() * NOISE);
                        look(seen, () -> answered(sentAt, host.late(seen)));
                    }
                    look(at, () -> arrived(length));
                },
                () -> link.at(link.now() + link.rtt() + link.queueing(), () -> send(sentAt, length, first)));
    }

    private void look(long arrived, Runnable task) {
        link.at(host.looks(arrived), task);
    }

    private void answered(long sentAt, long late) {
        lastAnswer = link.now();
        state = WanState.apply(state, new WanEvent.Answered(link.now(), sentAt, late));
        ask();
    }

    private void arrived(int length) {
        Allowance allowance = state.allowance();
        boolean wasFull = !allowance.fits(underWay, allowance.piece());
        underWay -= length;
        bytes += length;
        state = WanState.apply(state, new WanEvent.Arrived(link.now(), length, wasFull));
        ask();
    }
}
