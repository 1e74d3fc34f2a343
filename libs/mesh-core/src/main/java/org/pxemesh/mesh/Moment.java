package org.pxemesh.mesh;

/**
 * The time of an event: this library reads no clock.
 *
 * @param millis of a monotonic clock; only differences mean something
 * @param epochSecond of the wall clock; only terms use it
 */
public record Moment(long millis, long epochSecond) {
    /** Whether a time span has passed since an earlier moment's {@link #millis}. */
    boolean isPast(long sinceMillis, long spanMillis) {
        return millis - sinceMillis >= spanMillis;
    }
}
