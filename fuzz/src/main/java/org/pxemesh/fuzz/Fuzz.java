package org.pxemesh.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * The entry that Jazzer calls; system property {@code pxemesh.fuzz.target} says for which {@link Target}. With
 * {@value #ALL} the first octet of an input says it. Memory counts as well: an input may cost a fixed sum and so much for
 * each of its bytes.
 */
public final class Fuzz {

    /** Allocation that no input exceeds whatever its length, in bytes: Jackson's buffers, error texts. */
    static final long FIXED_BYTES = 1 << 20;

    /** Allocation for each octet of input, in bytes. */
    static final long BYTES_PER_OCTET = 400;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** All targets in one process. */
    static final String ALL = "ALL";

    private static final Target[] TARGETS = Target.values();
    private static final String CHOSEN = System.getProperty("pxemesh.fuzz.target", ALL);

    private Fuzz() {}

    /** Jazzer's convention. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (!CHOSEN.equals(ALL)) {
            run(Target.valueOf(CHOSEN), bytes);
        } else if (bytes.length > 0) {
            run(TARGETS[(bytes[0] & 0xff) % TARGETS.length], Arrays.copyOfRange(bytes, 1, bytes.length));
        }
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
