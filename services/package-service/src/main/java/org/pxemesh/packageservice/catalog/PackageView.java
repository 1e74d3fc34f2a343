package org.pxemesh.packageservice.catalog;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.pxemesh.events.Event;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.hq.CompactedFollower;

/** Package versions as the topic tells them. */
final class PackageView implements CompactedFollower.View {

    private final ConcurrentSkipListMap<String, PackageVersion> byRef = new ConcurrentSkipListMap<>();

    @Override
    public void apply(SignedRecord record, Event event) {
        String keyId = String.valueOf(record.envelope().keyId());
        switch (event) {
            case PackageBuilt e -> byRef.put(e.pkg().ref(), PackageVersion.of(e.pkg(), null, keyId));
            case PackageRetired e ->
                byRef.put(
                        e.pkg().ref(),
                        PackageVersion.of(e.pkg(), record.envelope().time(), keyId));
            default -> throw new IllegalArgumentException(event.getClass().getSimpleName() + " is no package's event");
        }
    }

    @Override
    public void forget(String topic, String key) {
        byRef.remove(key);
    }

    Optional<PackageVersion> find(String ref) {
        return Optional.ofNullable(byRef.get(ref));
    }

    /** By name, then version. */
    List<PackageVersion> all() {
        return List.copyOf(new TreeMap<>(byRef).values());
    }
}
