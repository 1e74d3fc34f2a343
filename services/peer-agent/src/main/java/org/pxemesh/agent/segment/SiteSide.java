package org.pxemesh.agent.segment;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.events.Envelope;

/** What a segment needs to know of the other segments of its site, and they of it. All of it from any thread. */
public interface SiteSide {
    /** HQ derived something of the site. */
    void hinted(SegmentAgent segment, Envelope hint);

    /** A neighbour told where the site's uplinks are. */
    void told(MeshMessage.UplinksTold uplinks);

    /** There are new neighbours in the segment: they are told where the site's uplinks are. */
    void introduce(SegmentAgent segment);

    /** An answer to another segment's uplink, as JSON. */
    CompletionStage<byte[]> word(SegmentAgent segment, SiteQuestion question);

    /** What is wrong between the segments of the site, in words; empty where this peer is not the uplink. */
    List<String> problems(SegmentAgent segment);
}
