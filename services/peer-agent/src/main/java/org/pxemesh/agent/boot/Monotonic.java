package org.pxemesh.agent.boot;

/** The monotonic clock that sessions are timed by. */
public final class Monotonic {

    private Monotonic() {}

    /** Milliseconds since some moment of this process; never set, never back. */
    public static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
