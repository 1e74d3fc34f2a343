package org.pxemesh.content.wan;

/**
 * A greedy flow that knows loss alone: slow start, then one packet more per round trip and three tenths less after a loss
 * (between Reno's and CUBIC's manners).
 */
final class SimulatedTcp {
    private static final double AFTER_LOSS = 0.7;

    private final SimulatedLink link;
    private double window = 10;
    private double threshold = Double.MAX_VALUE;
    private int underWay;
    private long recovered;
    private boolean stopped;
    private long bytes;

    SimulatedTcp(SimulatedLink link) {
        this.link = link;
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
            link.down(SimulatedLink.PACKET, at -> arrived(), this::lost);
        }
    }

    private void arrived() {
        bytes += SimulatedLink.PACKET;
        link.up(() -> {
            underWay--;
            window += window < threshold ? 1 : 1 / window;
            send();
        });
    }

    private void lost() {
        link.at(link.now() + link.rtt() + link.queueing(), () -> {
            underWay--;
            if (link.now() >= recovered) {
                window = Math.max(2, window * AFTER_LOSS);
                threshold = window;
                recovered = link.now() + link.rtt() + link.queueing();
            }
            send();
        });
    }
}
