package org.pxemesh.agent.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.SegmentFinding;
import org.pxemesh.events.SegmentSurveyed;
import org.pxemesh.netboot.watch.Finding;

/**
 * What HQ is told of the findings in one segment: what is new, what is gone, and all of it once a day, so that HQ can
 * forget what nobody confirms. Not for several threads.
 */
public final class SurveyReport {
    private static final long AGAIN_NANOS = Duration.ofDays(1).toNanos();

    private final UUID peerId;
    private @Nullable Told told;

    private record Told(UUID siteId, UUID segmentId, List<SegmentFinding> findings, long at) {}

    public SurveyReport(UUID peerId) {
        this.peerId = peerId;
    }

    /**
     * What is to be told now.
     *
     * @param look what was found last; empty while nobody looks
     * @param now monotonic nanoseconds
     */
    public List<SegmentSurveyed> due(UUID siteId, UUID segmentId, Optional<List<Finding>> look, long now) {
        List<SegmentSurveyed> events = new ArrayList<>();
        var before = told;
        var moved = before != null && !(before.siteId.equals(siteId) && before.segmentId.equals(segmentId));
        if (before != null && (moved || look.isEmpty())) {
            told = null;
            if (!before.findings.isEmpty()) {
                events.add(new SegmentSurveyed(before.siteId, before.segmentId, peerId, List.of(), before.findings));
            }
        }
        look.map(found -> found.stream().map(SurveyReport::told).toList())
                .flatMap(found -> surveyed(siteId, segmentId, found, now))
                .ifPresent(events::add);
        return events;
    }

    private Optional<SegmentSurveyed> surveyed(UUID siteId, UUID segmentId, List<SegmentFinding> found, long now) {
        var before = told;
        if (before != null && before.findings.equals(found) && now - before.at < AGAIN_NANOS) {
            return Optional.empty();
        }
        told = new Told(siteId, segmentId, found, now);
        var ended = before == null
                ? List.<SegmentFinding>of()
                : before.findings.stream().filter(old -> !found.contains(old)).toList();
        return Optional.of(new SegmentSurveyed(siteId, segmentId, peerId, found, ended));
    }

    /** A finding in events and in the agent's status. */
    public static SegmentFinding told(Finding finding) {
        var trouble = finding.trouble();
        return new SegmentFinding(
                trouble.code(),
                finding.server().isNone() ? "" : finding.server().toString(),
                trouble.symptom(),
                trouble.meaning(),
                trouble.cure(),
                finding.detail());
    }
}
