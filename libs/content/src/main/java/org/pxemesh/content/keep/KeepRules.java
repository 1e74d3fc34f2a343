package org.pxemesh.content.keep;

/**
 * How much of the disk content may have.
 *
 * @param reserve bytes that stay free whatever is wanted
 * @param quota bytes that content may have in all
 */
public record KeepRules(long reserve, long quota) {

    public static final long NO_QUOTA = Long.MAX_VALUE;

    private static final long LEAST_RESERVE = 2L << 30;
    private static final int RESERVED_PERCENT = 5;

    public KeepRules {
        if (reserve < 0 || quota < 0) {
            throw new IllegalArgumentException("reserve and quota are not negative: " + reserve + ", " + quota);
        }
    }

    /** What is kept free when nobody says: 5 % of the disk, at least 2 GiB. */
    public static long usualReserve(long disk) {
        return Math.max(LEAST_RESERVE, new DiskShare(0, RESERVED_PERCENT).of(disk));
    }

    /**
     * Bytes that may still be stored.
     *
     * @param free on the disk
     * @param used by content
     * @return negative when more is used than allowed
     */
    public long room(long free, long used) {
        return Math.min(free - reserve, quota - used);
    }
}
