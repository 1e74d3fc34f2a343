package org.pxemesh.bench.wan.relay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Carries packets from one device to the other: one thread reads and stamps them, another writes them when it is time. */
final class Direction {
    private static final int SLOTS = 8192;
    private static final int SLOT = 2048;
    private static final long PAUSE_NANOS = 10_000_000;

    private final Tun from;
    private final Tun to;
    private final Bottleneck bottleneck;
    private final MemorySegment slots = Arena.global().allocate((long) SLOTS * SLOT, 64);
    private final long[] due = new long[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong drops = new AtomicLong();
    private final AtomicLong worstBacklog = new AtomicLong();
    private final AtomicLongArray bytesByPort = new AtomicLongArray(65536);
    private final Thread writer;

    Direction(String name, Tun from, Tun to, Bottleneck bottleneck) {
        this.from = from;
        this.to = to;
        this.bottleneck = bottleneck;
        this.writer = Thread.ofPlatform().name(name + "-out").start(this::write);
        Thread.ofPlatform().name(name + "-in").start(this::read);
    }

    /** Bytes of packets that passed with this source port. */
    long bytes(int port) {
        return bytesByPort.get(port);
    }

    /** Packets that found the queue full. */
    long drops() {
        return drops.get();
    }

    /** The longest queue since the last call, in nanoseconds. */
    long worstBacklog() {
        return worstBacklog.getAndSet(0);
    }

    private void read() {
        MemorySegment state = Tun.state(Arena.global());
        while (true) {
            long at = head.get();
            MemorySegment slot = slot(at);
            int length = from.read(slot, state);
            if (length <= 0) {
                // Not up yet.
                LockSupport.parkNanos(this, PAUSE_NANOS);
                continue;
            }
            long now = System.nanoTime();
            long arrival = at - tail.get() >= SLOTS - 1 ? Bottleneck.DROPPED : bottleneck.arrival(now, length);
            if (arrival == Bottleneck.DROPPED) {
                drops.incrementAndGet();
                continue;
            }
            worstBacklog.accumulateAndGet(bottleneck.backlog(now), Math::max);
            bytesByPort.addAndGet(sourcePort(slot, length), length);
            due[(int) (at % SLOTS)] = arrival;
            lengths[(int) (at % SLOTS)] = length;
            head.set(at + 1);
            LockSupport.unpark(writer);
        }
    }

    private void write() {
        MemorySegment state = Tun.state(Arena.global());
        while (true) {
            long at = tail.get();
            if (at == head.get()) {
                LockSupport.park(this);
                continue;
            }
            long wait = due[(int) (at % SLOTS)] - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            to.write(slot(at), lengths[(int) (at % SLOTS)], state);
            tail.set(at + 1);
        }
    }

    private MemorySegment slot(long at) {
        return slots.asSlice(at % SLOTS * SLOT, SLOT);
    }

    /** Of TCP and UDP in IPv4; 0 for all else. */
    private static int sourcePort(MemorySegment packet, int length) {
        int first = packet.get(ValueLayout.JAVA_BYTE, 0);
        int header = (first & 15) * 4;
        if ((first & 0xf0) != 0x40 || length < header + 2) {
            return 0;
        }
        return (packet.get(ValueLayout.JAVA_BYTE, header) & 0xff) << 8
                | packet.get(ValueLayout.JAVA_BYTE, header + 1) & 0xff;
    }
}
