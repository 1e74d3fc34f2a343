package org.pxemesh.content.wan;

/**
 * What an administrator allows at one moment; the lower of the two counts.
 *
 * @param bytesPerSecond {@link #NONE} = no limit, 0 = nothing may come
 * @param percentOfLink 0 to 100; 100 = no limit, 0 = nothing may come
 * @param linkBytesPerSecond what the percentage is of; 0 = what was measured
 * @param parts one of how many equal parts of it is meant, at least 1
 */
public record WanLimit(long bytesPerSecond, int percentOfLink, long linkBytesPerSecond, int parts) {
    public static final long NONE = Long.MAX_VALUE;

    /** Nothing is limited. */
    public static final WanLimit UNLIMITED = new WanLimit(NONE, 100, 0);

    public WanLimit {
        if (bytesPerSecond < 0 || percentOfLink < 0 || percentOfLink > 100 || linkBytesPerSecond < 0 || parts < 1) {
            throw new IllegalArgumentException("a WAN limit of " + bytesPerSecond + " bytes/s, " + percentOfLink
                    + " percent of " + linkBytesPerSecond + " bytes/s, in " + parts + " parts");
        }
    }

    /** All of it. */
    public WanLimit(long bytesPerSecond, int percentOfLink, long linkBytesPerSecond) {
        this(bytesPerSecond, percentOfLink, linkBytesPerSecond, 1);
    }

    /** One of so many equal parts. */
    public WanLimit among(int others) {
        return new WanLimit(bytesPerSecond, percentOfLink, linkBytesPerSecond, others);
    }

    /** Nothing may come. */
    public boolean isClosed() {
        return bytesPerSecond == 0 || percentOfLink == 0;
    }

    /**
     * Bytes per second, {@link #NONE} without a limit. A percentage of a link that nobody configured and that was not
     * measured yet limits nothing: that is how it gets measured.
     *
     * @param measured the link's rate in bytes per second, 0 = unknown
     */
    long on(long measured) {
        if (isClosed()) {
            return 0;
        }
        long link = linkBytesPerSecond > 0 ? linkBytesPerSecond : measured;
        long share = percentOfLink == 100 || link == 0 ? NONE : Math.max(1, link / 100 * percentOfLink);
        long all = Math.min(bytesPerSecond, share);
        return all == NONE ? NONE : Math.max(1, all / parts);
    }
}
