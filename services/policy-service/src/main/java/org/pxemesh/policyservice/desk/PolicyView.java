package org.pxemesh.policyservice.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pxemesh.events.CollectionDeleted;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.DeploymentDeleted;
import org.pxemesh.events.Event;
import org.pxemesh.events.PolicyDeleted;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.hq.CompactedFollower;
import org.pxemesh.policy.PolicySnapshot;

/**
 * HQ's state as the topics tell it. Events gather until somebody looks, so that a rebuild of any size makes one
 * snapshot and not one per record.
 */
final class PolicyView implements CompactedFollower.View {

    private record Deletion(Event event, Instant at) {}

    private final List<Event> gathered = new ArrayList<>();
    private final Map<String, Deletion> deletions = new HashMap<>();
    private PolicySnapshot snapshot = PolicySnapshot.EMPTY;

    @Override
    public synchronized void apply(SignedRecord record, Event event) {
        gathered.add(event);
        // A computer that moved has its last record in two partitions: the key alone would mix them up.
        String place = record.topic() + '/' + record.key();
        switch (event) {
            case SiteDeleted e ->
                deletions.put(place, new Deletion(e, record.envelope().time()));
            case CollectionDeleted e ->
                deletions.put(place, new Deletion(e, record.envelope().time()));
            case PolicyDeleted e ->
                deletions.put(place, new Deletion(e, record.envelope().time()));
            case DeploymentDeleted e ->
                deletions.put(place, new Deletion(e, record.envelope().time()));
            case ComputerDeleted e ->
                deletions.put(
                        place + '/' + e.siteId(),
                        new Deletion(e, record.envelope().time()));
            default -> {}
        }
    }

    @Override
    public synchronized void forget(String topic, String key) {
        deletions.keySet().removeIf(place -> (place + '/').startsWith(topic + '/' + key + '/'));
    }

    synchronized PolicySnapshot snapshot() {
        snapshot = snapshot.applyAll(gathered);
        gathered.clear();
        return snapshot;
    }

    /** Deletions that every follower has had time to see, whose keys may be dropped. */
    synchronized List<Event> deletedFor(Duration age, Instant now) {
        return deletions.values().stream()
                .filter(deletion -> !deletion.at().plus(age).isAfter(now))
                .map(Deletion::event)
                .toList();
    }
}
