package org.pxemesh.mesh;

/**
 * How long to wait for a sign of life of a suspected peer. A peer whose own timer ran late has no processor, and whom it
 * asks may have none either: it must not take its own slowness for another one's death.
 *
 * @param lateMillis by how much its timer was late
 * @param seenAt when, in {@link Moment#millis}
 */
public record Patience(long lateMillis, long seenAt) {
    /** On a machine that has processors to spare, in milliseconds. */
    public static final long CALM_MILLIS = 500;

    /** However slow this peer is: the dead must go some day. In milliseconds. */
    public static final long MOST_MILLIS = 10_000;

    private static final long PER_LATE_MILLI = 10;
    private static final long HALF_LIFE_MILLIS = 5_000;

    /** Of a peer that was never late. */
    public static final Patience CALM = new Patience(0, 0);

    /** After another look at the own timer. Small delays do not make one forget a large one at once. */
    public Patience saw(long late, long nowMillis) {
        return late >= remembered(nowMillis) ? new Patience(late, nowMillis) : this;
    }

    /** How long to wait for an answer now, in milliseconds: {@link #CALM_MILLIS} to {@link #MOST_MILLIS}. */
    public long millis(long nowMillis) {
        return Math.min(MOST_MILLIS, CALM_MILLIS + PER_LATE_MILLI * remembered(nowMillis));
    }

    /** What it makes of the largest delay now: half of it after five seconds. */
    private long remembered(long nowMillis) {
        var halvings = Math.max(0, nowMillis - seenAt) / HALF_LIFE_MILLIS;
        return halvings >= Long.SIZE - 1 ? 0 : Math.min(lateMillis, MOST_MILLIS) >> halvings;
    }
}
