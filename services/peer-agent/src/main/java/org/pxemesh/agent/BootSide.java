package org.pxemesh.agent;

/**
 * The part of the agent that answers boot clients: proxyDHCP, TFTP and the boot HTTP server. The mesh tells it where.
 *
 * <p>One implementation exists at run time, as a CDI bean. Its methods are called one after the other by one thread and
 * should return within a second.
 */
public interface BootSide {
    /**
     * Opens the sockets of a segment and answers there whenever {@link Segment#ranking} ranks this peer.
     *
     * @throws StartProblem when a socket cannot be had; its one line goes into the log and the status, and the agent
     *     tries again later
     */
    void serve(Segment segment);

    /**
     * Throws away what waits in the segment's sockets and forgets half-made offers: the agent slept, or the link changed.
     * It stays silent by itself, because {@link Segment#ranking} ranks nobody until there is a fresh view.
     */
    void drain(Segment segment);

    /** Closes the sockets of a segment that was served. */
    void leave(Segment segment);
}
