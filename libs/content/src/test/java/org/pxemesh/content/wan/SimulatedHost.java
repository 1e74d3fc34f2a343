package org.pxemesh.content.wan;

import java.util.SplittableRandom;

/** When a host comes to look at what arrived, and how overdue its own timers are then. */
interface SimulatedHost {
    /** Of the timer by which it knows. */
    long TICK = 5_000_000;

    /** Looks at once. */
    SimulatedHost IDLE = arrived -> arrived;

    /** @return not before it arrived */
    long looks(long arrived);

    /** How overdue the timer is that should have run first. */
    default long late(long arrived) {
        long looks = looks(arrived);
        long begun = arrived;
        while (begun > 0 && looks(begun - TICK) == looks && looks > begun - TICK) {
            begun -= TICK;
        }
        long due = (begun + TICK - 1) / TICK * TICK;
        return Math.max(0, looks - due);
    }

    /** Stands still for a time in every so many nanoseconds, never at the same moment of them. */
    static SimulatedHost busy(long period, long stands, long seed) {
        return arrived -> {
            long number = arrived / period;
            long from = number * period + new SplittableRandom(seed + number).nextLong(period - stands);
            return arrived >= from && arrived < from + stands ? from + stands : arrived;
        };
    }
}
