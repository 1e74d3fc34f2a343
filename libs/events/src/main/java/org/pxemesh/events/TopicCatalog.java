package org.pxemesh.events;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every topic with its key, partitions and retention: the one place where they stand. */
public final class TopicCatalog {
    /** Partitions of by-site topics of an embedded HQ; production takes 256. Never changed once an HQ is made. */
    public static final int EMBEDDED_PARTITIONS = 4;

    /** How long a tombstone stays, for followers that were away: longer than a snapshot is trusted (25 days). */
    public static final Duration TOMBSTONES = Duration.ofDays(30);

    public static final Topic DOWN_SITE =
            compacted("pxemesh.down.site", false, "site", Set.of(SiteChanged.class, SiteDeleted.class));
    public static final Topic DOWN_COLLECTION = compacted(
            "pxemesh.down.collection", false, "collection", Set.of(CollectionChanged.class, CollectionDeleted.class));
    public static final Topic DOWN_POLICY = compacted(
            "pxemesh.down.policy",
            false,
            "policy",
            Set.of(PolicyChanged.class, PolicyEnabled.class, PolicyDisabled.class, PolicyDeleted.class));
    public static final Topic DOWN_DEPLOYMENT = compacted(
            "pxemesh.down.deployment", false, "deployment", Set.of(DeploymentChanged.class, DeploymentDeleted.class));
    public static final Topic DOWN_PACKAGE = compacted(
            "pxemesh.down.package", false, "package@version", Set.of(PackageBuilt.class, PackageRetired.class));
    public static final Topic DOWN_COMPUTER =
            compacted("pxemesh.down.computer", true, "computer", Set.of(ComputerChanged.class, ComputerDeleted.class));
    public static final Topic DOWN_FIRMWARE = compacted(
            "pxemesh.down.firmware", false, "fingerprint", Set.of(FirmwareLearned.class, FirmwareReverted.class));
    public static final Topic DOWN_EPOCH =
            compacted("pxemesh.down.epoch", false, "the word epoch", Set.of(EpochRenewed.class));
    public static final Topic UP_TOPOLOGY = kept(
            "pxemesh.up.topology",
            Duration.ofDays(7),
            true,
            "segment or peer",
            Set.of(PeerElected.class, PeerJoined.class, PeerLeft.class, PeerReported.class, SegmentSurveyed.class));
    public static final Topic UP_BOOT = kept(
            "pxemesh.up.boot",
            Duration.ofDays(90),
            true,
            "boot",
            Set.of(
                    BootRequested.class,
                    BootIgnored.class,
                    BootOffered.class,
                    FileServed.class,
                    BootDelivered.class,
                    BootCompleted.class,
                    BootFailed.class));
    public static final Topic UP_DISTRIBUTION = kept(
            "pxemesh.up.distribution",
            Duration.ofDays(7),
            true,
            "segment",
            Set.of(ContentProgressed.class, ContentCompleted.class, ContentRejected.class, ContentNotKept.class));
    public static final Topic UP_FIRMWARE =
            kept("pxemesh.up.firmware", Duration.ofDays(7), true, "fingerprint", Set.of(FirmwareObserved.class));
    public static final Topic TOPOLOGY = compacted(
            "pxemesh.topology",
            true,
            "segment or peer",
            Set.of(PeerElected.class, PeerJoined.class, PeerLeft.class, PeerReported.class));
    public static final Topic PACKAGE_PROGRESS = kept(
            "pxemesh.package-progress",
            Duration.ofDays(1),
            false,
            "package",
            Set.of(PackageBuildProgressed.class, PackageBuildFailed.class));
    public static final Topic AUDIT =
            kept("pxemesh.audit", Duration.ofDays(365), false, "actor", Set.of(AdministratorActed.class));

    private static final List<Topic> ALL = List.of(
            DOWN_SITE,
            DOWN_COLLECTION,
            DOWN_POLICY,
            DOWN_DEPLOYMENT,
            DOWN_PACKAGE,
            DOWN_COMPUTER,
            DOWN_FIRMWARE,
            DOWN_EPOCH,
            UP_TOPOLOGY,
            UP_BOOT,
            UP_DISTRIBUTION,
            UP_FIRMWARE,
            TOPOLOGY,
            PACKAGE_PROGRESS,
            AUDIT);

    /** Key of the one record in {@link #DOWN_EPOCH}. */
    public static final String EPOCH_KEY = "epoch";

    private TopicCatalog() {}

    public static List<Topic> all() {
        return ALL;
    }

    /**
     * The topic called so.
     *
     * @throws IllegalArgumentException when the catalog has none
     */
    public static Topic named(String name) {
        return ALL.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic " + name + " in the catalog"));
    }

    /** Where an event is written; {@link #TOPOLOGY} is derived from others and never the answer. */
    public static Topic of(Event event) {
        return ALL.stream()
                .filter(topic -> topic != TOPOLOGY && topic.events().contains(event.getClass()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no topic holds " + event.getClass()));
    }

    /** The record's key. */
    public static String keyOf(Event event) {
        return switch (event) {
            case SiteChanged e -> e.site().id().toString();
            case SiteDeleted e -> e.id().toString();
            case CollectionChanged e -> e.collection().id().toString();
            case CollectionDeleted e -> e.id().toString();
            case ComputerChanged e -> e.computer().id().toString();
            case ComputerDeleted e -> e.id().toString();
            case PolicyChanged e -> e.policy().id().toString();
            case PolicyEnabled e -> e.policy().id().toString();
            case PolicyDisabled e -> e.policy().id().toString();
            case PolicyDeleted e -> e.id().toString();
            case DeploymentChanged e -> e.deployment().id().toString();
            case DeploymentDeleted e -> e.id().toString();
            case PackageBuilt e -> e.pkg().ref();
            case PackageRetired e -> e.pkg().ref();
            case FirmwareLearned e -> e.firmware().fingerprint().id();
            case FirmwareReverted e -> e.firmware().fingerprint().id();
            case EpochRenewed ignored -> EPOCH_KEY;
            case PeerElected e -> e.segmentId().toString();
            case PeerJoined e -> e.peerId().toString();
            case PeerLeft e -> e.peerId().toString();
            case PeerReported e -> e.peerId().toString();
            case SegmentSurveyed e -> e.segmentId().toString();
            case BootRequested e -> e.boot().bootId().toString();
            case BootIgnored e -> e.boot().bootId().toString();
            case BootOffered e -> e.boot().bootId().toString();
            case FileServed e -> e.boot().bootId().toString();
            case BootDelivered e -> e.boot().bootId().toString();
            case BootCompleted e -> e.boot().bootId().toString();
            case BootFailed e -> e.boot().bootId().toString();
            case ContentProgressed e -> e.segmentId().toString();
            case ContentCompleted e -> e.segmentId().toString();
            case ContentRejected e -> e.segmentId().toString();
            case ContentNotKept e -> e.segmentId().toString();
            case FirmwareObserved e -> e.fingerprint().id();
            case PackageBuildProgressed e -> e.name() + "@" + e.version();
            case PackageBuildFailed e -> e.name() + "@" + e.version();
            case AdministratorActed e -> e.actor();
        };
    }

    /** The site whose partition holds the event, null where the topic is not by site or the computer has no home. */
    public static @Nullable UUID siteOf(Event event) {
        return switch (event) {
            case ComputerChanged e -> e.computer().siteId();
            case ComputerDeleted e -> e.siteId();
            case PeerElected e -> e.siteId();
            case PeerJoined e -> e.siteId();
            case PeerLeft e -> e.siteId();
            case PeerReported e -> e.siteId();
            case SegmentSurveyed e -> e.siteId();
            case BootRequested e -> e.boot().siteId();
            case BootIgnored e -> e.boot().siteId();
            case BootOffered e -> e.boot().siteId();
            case FileServed e -> e.boot().siteId();
            case BootDelivered e -> e.boot().siteId();
            case BootCompleted e -> e.boot().siteId();
            case BootFailed e -> e.boot().siteId();
            case ContentProgressed e -> e.siteId();
            case ContentCompleted e -> e.siteId();
            case ContentRejected e -> e.siteId();
            case ContentNotKept e -> e.siteId();
            case FirmwareObserved e -> e.siteId();
            default -> null;
        };
    }

    /**
     * The partition of a by-site topic for a site.
     *
     * @param site null for a computer without a home: partition 0
     * @param partitions of the topic, at least 1
     */
    public static int partition(@Nullable UUID site, int partitions) {
        if (site == null) {
            return 0;
        }
        // UUID v7 share their upper bits when made together: fold both halves and mix (SplitMix64's finaliser).
        long mixed = site.getMostSignificantBits() ^ Long.rotateLeft(site.getLeastSignificantBits(), 32);
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), partitions);
    }

    private static Topic compacted(String name, boolean bySite, String key, Set<Class<? extends Event>> events) {
        return new Topic(name, null, bySite, key, events);
    }

    private static Topic kept(
            String name, Duration retention, boolean bySite, String key, Set<Class<? extends Event>> events) {
        return new Topic(name, retention, bySite, key, events);
    }
}
