package org.pxemesh.content.wan;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/** A bottleneck with a tail-drop queue and a way of fixed length on both sides; its clock jumps from event to event. */
final class SimulatedLink {
    static final int PACKET = 1500;

    private record Due(long at, long order, Runnable task) {}

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final double nanosPerByte;
    private final long queueNanos;
    private final long oneWay;
    private long order;
    private long now;
    private long busyUntil;

    SimulatedLink(double bytesPerSecond, long rttNanos, long queueNanos) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.oneWay = rttNanos / 2;
        this.queueNanos = queueNanos;
    }

    long now() {
        return now;
    }

    long rtt() {
        return 2 * oneWay;
    }

    /** What is waiting before the bottleneck, in nanoseconds. */
    long queueing() {
        return Math.max(0, busyUntil - now);
    }

    void at(long time, Runnable task) {
        due.add(new Due(Math.max(time, now), order++, task));
    }

    /** Something small towards HQ. */
    void up(Runnable arrived) {
        at(now + oneWay, arrived);
    }

    /** A packet towards the branch; {@code lost} is called at once when the queue is full. */
    void down(int bytes, LongConsumer arrived, Runnable lost) {
        long start = Math.max(now, busyUntil);
        if (start - now > queueNanos) {
            lost.run();
            return;
        }
        busyUntil = start + Math.round(bytes * nanosPerByte);
        at(busyUntil + oneWay, () -> arrived.accept(now));
    }

    void runUntil(long time) {
        while (!due.isEmpty() && due.peek().at <= time) {
            Due next = due.poll();
            now = next.at;
            next.task.run();
        }
        now = time;
    }
}
