package org.pxemesh.zoo.sim;

/**
 * What the wire does to datagrams.
 *
 * @param lost per thousand
 * @param doubled per thousand
 * @param late per thousand: these overtake nobody and are overtaken
 * @param latencyMillis of all
 * @param snooping whether the switch drops servers' answers to port 68 from untrusted ports
 */
public record Troubles(int lost, int doubled, int late, int latencyMillis, boolean snooping) {

    public static final Troubles NONE = new Troubles(0, 0, 0, 1, false);

    public Troubles snooped() {
        return new Troubles(lost, doubled, late, latencyMillis, true);
    }
}
