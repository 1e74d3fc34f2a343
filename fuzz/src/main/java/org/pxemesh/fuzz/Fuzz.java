package org.pxemesh.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * The entry that Jazzer calls; system property {@code pxemesh.fuzz.target} says for which {@link Target}. Memory counts as
 * well: an input may cost a fixed sum and so much for each of its bytes.
 */
public final class Fuzz {

    /** Allocation that no input exceeds whatever its length, in bytes: Jackson's buffers, error texts. */
    static final long FIXED_BYTES = 1 << 20;

    /** Allocation for each octet of input, in bytes. */
    static final long BYTES_PER_OCTET = 400;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Target TARGET = Target.valueOf(System.getProperty("pxemesh.fuzz.target", "DHCP"));

    private Fuzz() {}

    /** Jazzer's convention. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        run(TARGET, bytes);
    }

    static void run(Target target, byte[] bytes) {
        long allowed = FIXED_BYTES + BYTES_PER_OCTET * bytes.length;
        long used = allocated(target, bytes);
        // What loads a class for the first time allocates for it, and for Jazzer's work on it: only what lasts counts.
        for (int again = 0; again < 2 && used > allowed; again++) {
            used = allocated(target, bytes);
        }
        if (used > allowed) {
            throw new IllegalStateException(
                    bytes.length + " bytes of input made " + target + " allocate " + used + ", allowed are " + allowed);
        }
    }

    private static long allocated(Target target, byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        target.read(bytes);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
