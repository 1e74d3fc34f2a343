package org.pxemesh.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * What it took this thread to read an input, and what it may take: a fixed sum, and so much for each octet.
 *
 * @param bytes allocated
 * @param nanos of processor time
 */
record Cost(long bytes, long nanos) {

    /** Allocation that no input exceeds whatever its length, in bytes: Jackson's buffers, error texts. */
    static final long FIXED_BYTES = 1 << 20;

    /** Allocation for each octet of input, in bytes. */
    static final long BYTES_PER_OCTET = 400;

    /** Processor time that no input exceeds whatever its length; thousands of times what a usual one takes. */
    static final long FIXED_NANOS = 500_000_000;

    /** Processor time for each octet of input: at the length of a datagram squares show, and straight lines do not. */
    static final long NANOS_PER_OCTET = 50_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Cost of(Reading reading, byte[] bytes) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        reading.read(bytes);
        return new Cost(THREADS.getCurrentThreadAllocatedBytes() - allocated, THREADS.getCurrentThreadCpuTime() - time);
    }

    /** The least of several readings, until one keeps the bound: the first one of a kind loads classes. */
    static Cost least(Reading reading, byte[] bytes, int times) {
        Cost least = of(reading, bytes);
        for (int again = 1; again < times && least.excess(reading, bytes.length).isPresent(); again++) {
            Cost next = of(reading, bytes);
            least = new Cost(Math.min(least.bytes, next.bytes), Math.min(least.nanos, next.nanos));
        }
        return least;
    }

    /** What is too much for an input of that length; empty when nothing is. */
    Optional<String> excess(Reading reading, int length) {
        long mayAllocate = reading.fixedBytes() + BYTES_PER_OCTET * length;
        long mayTake = FIXED_NANOS + NANOS_PER_OCTET * length;
        if (bytes > mayAllocate) {
            return Optional.of("allocate " + bytes + " bytes, allowed are " + mayAllocate);
        }
        return nanos > mayTake
                ? Optional.of("take " + nanos / 1_000_000 + " ms of processor time, allowed are " + mayTake / 1_000_000)
                : Optional.empty();
    }
}
