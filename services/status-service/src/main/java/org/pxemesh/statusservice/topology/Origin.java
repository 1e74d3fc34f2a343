package org.pxemesh.statusservice.topology;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentNotKept;
import org.pxemesh.events.ContentProgressed;
import org.pxemesh.events.ContentRejected;
import org.pxemesh.events.Event;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerJoined;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.events.PeerReported;
import org.pxemesh.events.SegmentSurveyed;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.statusservice.boot.BootEvents;

/** Where in the mesh an event happened, as far as it says. */
public record Origin(
        @Nullable UUID siteId,
        @Nullable UUID segmentId,
        @Nullable UUID peerId) {

    public static Origin of(Event event) {
        return switch (event) {
            case PeerElected e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case PeerJoined e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case PeerLeft e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case PeerReported e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case SegmentSurveyed e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case ContentProgressed e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case ContentCompleted e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case ContentRejected e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            case ContentNotKept e -> new Origin(e.siteId(), e.segmentId(), e.peerId());
            default ->
                BootEvents.ref(event)
                        .map(boot -> new Origin(boot.siteId(), boot.segmentId(), boot.peerId()))
                        .orElseGet(() -> new Origin(TopicCatalog.siteOf(event), null, null));
        };
    }
}
