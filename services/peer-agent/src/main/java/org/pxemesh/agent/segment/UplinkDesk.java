package org.pxemesh.agent.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.mesh.MeshMessage.EventsSent;
import org.pxemesh.agent.mesh.MeshMessage.EventsTaken;
import org.pxemesh.agent.uplink.HqLink;
import org.pxemesh.agent.uplink.Verdict;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ContentRejected;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerReported;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.mesh.MeshEvent;
import org.pxemesh.mesh.UplinkTerm;

/**
 * What a segment has to do with HQ: as uplink it keeps the connection, verifies and shares what comes down and hands on
 * what goes up; every peer reports itself through it. Confined to the segment's thread, but for the link's own calls.
 */
final class UplinkDesk {
    private static final Logger LOG = Logger.getLogger(UplinkDesk.class);
    private static final long TELL_EVERY_NANOS = 30_000_000_000L;
    private static final long REPORT_EVERY_NANOS = 300_000_000_000L;
    private static final long REJECTED_AGAIN_NANOS = 600_000_000_000L;
    private static final int REMEMBERED = 256;

    private final AgentParts parts;
    private final SnapshotExchange exchange;
    private final PeerDescription description;
    private final Swarm swarm;
    private final SegmentAgent segment;
    private final AtomicBoolean sharing = new AtomicBoolean();
    private final Map<String, Long> rejected = new LinkedHashMap<>();
    private final Deque<Report> unsaid = new ArrayDeque<>();
    private @Nullable HqLink link;
    private @Nullable UplinkTerm term;
    private @Nullable UUID site;
    private volatile boolean connected;

    /** HQ has not heard of this uplink, which does not know its site yet. */
    private boolean unannounced;

    private volatile String lastProblem = "";
    private volatile boolean reportDue = true;
    private @Nullable PeerReported lastReport;
    private long reportedNanos;
    private long toldNanos;

    /** An event that needs the segment's ids. */
    interface Report {
        Event of(UUID siteId, UUID segmentId);
    }

    UplinkDesk(
            AgentParts parts,
            SnapshotExchange exchange,
            PeerDescription description,
            Swarm swarm,
            SegmentAgent segment) {
        this.parts = parts;
        this.exchange = exchange;
        this.description = description;
        this.swarm = swarm;
        this.segment = segment;
    }

    boolean isConnected() {
        return connected;
    }

    String lastProblem() {
        return lastProblem;
    }

    void start(UplinkTerm elected) {
        term = elected;
        if (link == null) {
            var opened = parts.connections().hq(parts.self());
            link = opened;
            opened.site(site);
            opened.open(new FromHq(opened));
        } else if (connected) {
            announce();
        }
        swarm.wan(segment, true);
    }

    void stop() {
        swarm.wan(segment, false);
        term = null;
        connected = false;
        unsaid.clear();
        if (link != null) {
            link.close();
            link = null;
        }
    }

    void site(@Nullable UUID known) {
        var moved = known == null ? site != null : !known.equals(site);
        site = known;
        if (link != null && moved) {
            link.site(known);
            if (connected) {
                announce();
            }
        }
    }

    /**
     * Tells HQ of a coming or going; before the connection stands it is kept in memory. A new uplink's first word is that
     * its predecessor is gone, and nobody else can say it.
     */
    void report(Report report) {
        if (connected && site != null) {
            parts.outbox().report(report.of(segment.siteId(), segment.segmentId()));
            return;
        }
        if (unsaid.size() >= REMEMBERED) {
            unsaid.removeFirst();
        }
        unsaid.addLast(report);
    }

    /** This peer's own report changed, or there is another uplink to tell it to. */
    void reportSoon() {
        reportDue = true;
    }

    boolean isReportDue() {
        return reportDue;
    }

    void tick() {
        var now = System.nanoTime();
        if (reportDue || now - reportedNanos > REPORT_EVERY_NANOS) {
            reportNow(now);
        }
        if (connected && now - toldNanos > TELL_EVERY_NANOS) {
            toldNanos = now;
            exchange.tell();
        }
    }

    private void reportNow(long now) {
        var report = description.report(segment.network(), segment.peerView(), swarm.held(), segment.problems());
        if (reportDue && report.equals(lastReport) && now - reportedNanos < REPORT_EVERY_NANOS / 10) {
            reportDue = false;
            return;
        }
        if (parts.outbox().report(report)) {
            reportDue = false;
            lastReport = report;
            reportedNanos = now;
        }
    }

    /** This peer's own events, as it is the uplink. */
    boolean takeOwn(EventsSent sent) {
        var open = link;
        if (open == null) {
            return false;
        }
        open.publish(sent.events()).whenComplete((done, failure) -> {
            if (failure == null) {
                parts.outbox().taken(sent.batch());
            }
        });
        return true;
    }

    /** A neighbour's events; it keeps them until it has our answer, so a failure needs none. */
    void onEvents(UUID from, EventsSent sent) {
        var open = link;
        if (open == null || !areUp(from, sent)) {
            return;
        }
        open.publish(sent.events()).whenComplete((done, failure) -> {
            if (failure == null && sent.batch() > 0) {
                segment.send(from, new EventsTaken(sent.batch()));
            }
        });
    }

    /** A neighbour may speak for itself only, and only on the topics that go up. */
    private boolean areUp(UUID from, EventsSent sent) {
        var good = sent.events().stream()
                .allMatch(event -> event.topic().startsWith("pxemesh.up.")
                        && TopicCatalog.all().stream()
                                .anyMatch(topic -> topic.name().equals(event.topic()))
                        && event.envelope().id().startsWith(from + ":"));
        if (!good) {
            parts.metrics().malformed();
        }
        return good;
    }

    /** Counts and tells HQ that a record was not acted on, the same one once in ten minutes. */
    void refused(String source, String topic, String key, String reason) {
        parts.metrics().refused();
        var name = topic + " " + key;
        var now = System.nanoTime();
        synchronized (rejected) {
            var last = rejected.get(name + reason);
            if (last != null && now - last < REJECTED_AGAIN_NANOS) {
                return;
            }
            if (rejected.size() >= REMEMBERED) {
                rejected.clear();
            }
            rejected.put(name + reason, now);
        }
        LOG.warnf("event=record-refused source=\"%s\" topic=%s key=%s reason=\"%s\"", source, topic, key, reason);
        parts.outbox()
                .publish(new ContentRejected(
                        segment.siteId(), segment.segmentId(), parts.self(), "record", name, source, reason));
    }

    private void announce() {
        unannounced = false;
        var elected = term;
        if (elected != null) {
            parts.outbox()
                    .report(new PeerElected(
                            segment.siteId(),
                            segment.segmentId(),
                            parts.self(),
                            elected.term(),
                            segment.port().address().getHostAddress(),
                            segment.state().view().members().size()));
        }
        while (site != null && !unsaid.isEmpty()) {
            parts.outbox().report(unsaid.removeFirst().of(segment.siteId(), segment.segmentId()));
        }
    }

    /** What comes from HQ, on the link's thread. */
    private final class FromHq implements HqLink.Listener {
        private final HqLink mine;

        FromHq(HqLink mine) {
            this.mine = mine;
        }

        private void onSegment(Runnable task) {
            segment.run(() -> {
                if (link == mine) {
                    task.run();
                }
            });
        }

        @Override
        public void connected(String cluster) {
            LOG.infof(
                    "event=hq-connected interface=%s cluster=%s", segment.port().name(), cluster);
            onSegment(() -> {
                connected = true;
                lastProblem = "";
                segment.apply(new MeshEvent.HqReachable());
                // Without a site yet: HQ's map is on its way, and most of the time names it.
                unannounced = site == null;
                if (!unannounced) {
                    announce();
                }
                reportSoon();
            });
        }

        @Override
        public void disconnected(String reason) {
            onSegment(() -> {
                if (!reason.equals(lastProblem)) {
                    LOG.warnf(
                            "event=hq-unreachable interface=%s reason=\"%s\"",
                            segment.port().name(), reason);
                }
                connected = false;
                lastProblem = reason;
                segment.apply(new MeshEvent.HqUnreachable());
            });
        }

        @Override
        public Map<String, Long> offsets(String cluster) {
            return parts.snapshots().offsets(cluster);
        }

        @Override
        public void received(String cluster, SignedRecord record) {
            if (isOfAnotherSite(record)) {
                return;
            }
            switch (parts.snapshots().take(cluster, record)) {
                case Verdict.Applied() -> {
                    exchange.offer(cluster, record);
                    shareSoon();
                }
                case Verdict.Refused(var reason) -> refused("hq", record.topic(), record.key(), reason);
                case Verdict.Known() -> {}
                case Verdict.Unknown(var type) -> LOG.debugf("event=record-of-a-newer-version type=%s", type);
            }
        }

        @Override
        public void hinted(Envelope hint) {
            segment.site().hinted(segment, hint);
        }

        @Override
        public void malformed(String topic, String key, String reason) {
            refused("hq", topic, key, reason);
        }

        @Override
        public void buried(String cluster, String topic, String key) {
            parts.snapshots().bury(cluster, topic, key);
        }

        @Override
        public void caughtUp(String cluster, Map<String, Long> offsets) {
            parts.snapshots().caughtUp(cluster, offsets);
            onSegment(() -> {
                if (unannounced && connected) {
                    announce();
                }
                exchange.share();
                exchange.tell();
                toldNanos = System.nanoTime();
            });
        }

        private void shareSoon() {
            if (sharing.compareAndSet(false, true)) {
                segment.run(() -> {
                    sharing.set(false);
                    exchange.share();
                });
            }
        }

        /** Several sites share a partition; a peer's memory must not grow with the enterprise. */
        private boolean isOfAnotherSite(SignedRecord record) {
            if (!record.topic().equals(TopicCatalog.DOWN_COMPUTER.name())) {
                return false;
            }
            try {
                return record.envelope().event() instanceof ComputerChanged changed
                        && changed.computer().siteId() != null
                        && !changed.computer().siteId().equals(segment.siteId());
            } catch (MalformedEventException e) {
                return false;
            }
        }
    }
}
