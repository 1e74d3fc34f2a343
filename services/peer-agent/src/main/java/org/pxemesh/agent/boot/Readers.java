package org.pxemesh.agent.boot;

import org.pxemesh.agent.Arrivals.Reader;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.tftp.Agreement;

/**
 * How boot clients read: as fast as their options let them on an idle LAN, where an answer takes a millisecond. A client
 * that is slower than its options starves later than is estimated.
 */
public final class Readers {

    /**
     * EDK2 asks for a block six times within 24 s, and ROMs for less long. What is within 8 s is forgiven by all that is
     * known.
     */
    public static final long TFTP_PATIENCE_MILLIS = 8_000;

    /** EDK2's HTTP driver waits 5 s for the next bytes. */
    public static final long HTTP_PATIENCE_MILLIS = 5_000;

    private static final long TURNS_PER_SECOND = 1_000;
    private static final long EDK2_WINDOW = 4L * 1468;

    /** About what Gigabit Ethernet carries: TCP's windows are no limit on a LAN. */
    private static final Reader HTTP = new Reader(110_000_000, HTTP_PATIENCE_MILLIS);

    private Readers() {}

    /** A client that has not said yet how it will read. */
    static Reader expected(ClientFacts facts) {
        return facts.httpClient() || facts.ipxe()
                ? HTTP
                : new Reader(EDK2_WINDOW * TURNS_PER_SECOND, TFTP_PATIENCE_MILLIS);
    }

    /** A TFTP client, by what it agreed to. */
    public static Reader tftp(Agreement agreement) {
        long window = (long) agreement.blockSize() * agreement.windowSize();
        return new Reader(window * TURNS_PER_SECOND, TFTP_PATIENCE_MILLIS);
    }

    public static Reader http() {
        return HTTP;
    }
}
