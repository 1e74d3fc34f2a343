package org.pxemesh.statusservice;

/** Every metric of this service. */
public final class StatusMetrics {

    /** Events put into the projections, by {@code type}. */
    public static final String EVENTS = "pxemesh.status.events";

    /** Events told before and left out. */
    public static final String DUPLICATES = "pxemesh.status.duplicates";

    /** Records that could not be read or stored, by {@code topic}. */
    public static final String DEAD_LETTERS = "pxemesh.status.dead.letters";

    /** Time of one batch's transaction. */
    public static final String BATCH = "pxemesh.status.batch";

    /** Open live streams. */
    public static final String STREAMS = "pxemesh.status.streams";

    /** Requests handed on, by {@code service} and {@code outcome}. */
    public static final String FORWARDED = "pxemesh.status.forwarded";

    private StatusMetrics() {}
}
