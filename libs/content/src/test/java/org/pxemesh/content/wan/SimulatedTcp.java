package org.pxemesh.content.wan;

/**
 * A greedy flow in CUBIC's manner (RFC 9438): a slow start that ends at the first growth of the delay (HyStart) or at a
 * loss, then growth by the cube of the time since, three tenths less after a loss.
 */
final class SimulatedTcp {
    private static final double AFTER_LOSS = 0.7;
    private static final double CUBIC = 0.4;
    private static final double LIKE_RENO = 0.5;
    private static final int HYSTART_WINDOW = 16;
    private static final int HYSTART_SAMPLES = 8;
    private static final long HYSTART_LEAST = 4_000_000;
    private static final long HYSTART_MOST = 16_000_000;

    private final SimulatedLink link;
    private final boolean isWary;
    private double window = 10;
    private double threshold = Double.MAX_VALUE;
    private double highest;
    private long epoch;
    private int underWay;
    private long recovered;
    private boolean stopped;
    private long bytes;
    private long leastRtt = Long.MAX_VALUE;
    private long roundEnds;
    private long roundLeast = Long.MAX_VALUE;
    private int roundSamples;

    /**
     * @param isWary whether it ends its slow start when the delay grows: on a way of 200 ms it then needs ten seconds
     *     to fill a link, whatever anybody else does
     */
    SimulatedTcp(SimulatedLink link, boolean isWary) {
        this.link = link;
        this.isWary = isWary;
        link.at(link.now(), this::send);
    }

    long bytes() {
        return bytes;
    }

    void stop() {
        stopped = true;
    }

    private void send() {
        while (!stopped && underWay < window) {
            underWay++;
            long sentAt = link.now();
            link.down(SimulatedLink.PACKET, at -> arrived(sentAt), this::lost);
        }
    }

    private void arrived(long sentAt) {
        bytes += SimulatedLink.PACKET;
        link.up(() -> {
            underWay--;
            if (window < threshold) {
                window++;
                watchDelay(sentAt);
            } else {
                grow();
            }
            send();
        });
    }

    /** The delay is that of the first packets of a round, and what it is compared with the least of all rounds. */
    private void watchDelay(long sentAt) {
        long rtt = link.now() - sentAt;
        leastRtt = Math.min(leastRtt, rtt);
        if (sentAt >= roundEnds) {
            roundEnds = link.now();
            roundLeast = Long.MAX_VALUE;
            roundSamples = 0;
        }
        roundLeast = Math.min(roundLeast, rtt);
        if (++roundSamples == HYSTART_SAMPLES
                && isWary
                && window >= HYSTART_WINDOW
                && roundLeast >= leastRtt + Math.clamp(leastRtt / 8, HYSTART_LEAST, HYSTART_MOST)) {
            avoid(window);
        }
    }

    private void avoid(double from) {
        threshold = window;
        highest = from;
        epoch = link.now();
    }

    private void grow() {
        double seconds = (link.now() - epoch) / 1e9;
        double turn = Math.cbrt((highest - threshold) / CUBIC);
        double cubic = highest + CUBIC * Math.pow(seconds - turn, 3);
        double step = Math.clamp((cubic - window) / window, LIKE_RENO / window, 0.5);
        window += step;
    }

    private void lost() {
        link.at(link.now() + link.rtt() + link.queueing(), () -> {
            underWay--;
            if (link.now() >= recovered) {
                double before = window;
                window = Math.max(2, window * AFTER_LOSS);
                avoid(before);
                recovered = link.now() + link.rtt() + link.queueing();
            }
            send();
        });
    }
}
