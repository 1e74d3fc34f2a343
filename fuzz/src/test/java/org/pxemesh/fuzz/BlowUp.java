package org.pxemesh.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Parsers with the faults that fuzzing is to find; each is harmless until its first octet is its own. */
final class BlowUp {

    private BlowUp() {}

    /** Allocates a thousand times what the bound allows. */
    public static final class OfMemory implements Reading {
        private static byte[] last = new byte[0];

        @Override
        public Object read(byte[] bytes) {
            if (bytes.length > 0 && bytes[0] == 'm') {
                for (int n = 0; n < 1_000; n++) {
                    last = new byte[1 << 20];
                }
            }
            return last.length;
        }
    }

    /** Takes more than half a second of processor time, however fast that is. */
    public static final class OfTime implements Reading {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final long NANOS = Cost.FIXED_NANOS * 3 / 2;

        @Override
        public Object read(byte[] bytes) {
            long start = THREADS.getCurrentThreadCpuTime();
            long turns = 0;
            while (bytes.length > 0 && bytes[0] == 't' && THREADS.getCurrentThreadCpuTime() - start < NANOS) {
                turns++;
            }
            return turns;
        }
    }

    /** Allocates because Jazzer is there: what its hooks do on each comparison. */
    public static final class OfJazzersOwn implements Reading {
        @Override
        public Object read(byte[] bytes) {
            boolean beside = System.getProperty("pxemesh.fuzz.target") != null;
            return beside ? new byte[64 << 20].length : 0;
        }
    }
}
