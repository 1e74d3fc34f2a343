package org.pxemesh.agent.boot;

import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.agent.watch.SegmentWatch;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.stream.StreamVerdict;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.mesh.Pin;
import org.pxemesh.mesh.Ranking;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.policy.Collected;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policy.rule.Labels;

/** A segment whose HQ never changes: every machine is unknown, and unknown machines boot one package. */
record FixedSegment(
        String interfaceName,
        Inet4Address address,
        UUID peerId,
        AtomicReference<RankingInputs> inputs,
        PolicySnapshot snapshot,
        Map<String, Set<String>> held,
        AtomicReference<Arrivals> arriving,
        FirmwareMemory firmware,
        SegmentWatch watch)
        implements Segment {

    private static final UUID SITE = new UUID(0, 0);
    private static final UUID SEGMENT = new UUID(0, 7);

    /** @param peers addresses of all members, this one's among them; all hold the package */
    static FixedSegment of(String interfaceName, String self, List<String> peers, Manifest manifest) {
        String ref = manifest.id().toString();
        List<RankingMember> members = new ArrayList<>();
        for (String peer : peers) {
            members.add(new RankingMember(idOf(peer), Ipv4Address.parse(peer).toInetAddress(), 2, Pin.NONE));
        }
        Set<UUID> ids = members.stream().map(RankingMember::id).collect(Collectors.toSet());
        Set<String> paths = manifest.files().stream().map(ManifestFile::path).collect(Collectors.toSet());
        return new FixedSegment(
                interfaceName,
                Ipv4Address.parse(self).toInetAddress(),
                idOf(self),
                new AtomicReference<>(new RankingInputs(1, 1, Ranking.ALGORITHM, members, Map.of(ref, ids))),
                snapshotFor(manifest, ref),
                new ConcurrentHashMap<>(Map.of(ref, paths)),
                new AtomicReference<>(Arrivals.NONE),
                new FirmwareMemory(Path.of(System.getProperty("java.io.tmpdir"), "not-written"), Clock.systemUTC()),
                new SegmentWatch());
    }

    /** The deployment asks first, and the firmware's own menu may ask. */
    FixedSegment asking() {
        DeploymentState old = snapshot.deployments().values().iterator().next();
        DeploymentState next = new DeploymentState(
                old.id(),
                old.revision() + 1,
                old.name(),
                old.packageRef(),
                old.collection(),
                old.unknownComputers(),
                DeploymentKind.AVAILABLE,
                old.arguments(),
                true);
        return new FixedSegment(
                interfaceName,
                address,
                peerId,
                inputs,
                snapshot.applyAll(List.of(new DeploymentChanged(next))),
                held,
                arriving,
                firmware,
                watch);
    }

    /** Nobody holds the package any more. */
    void isLost() {
        held.clear();
    }

    /** This peer alone does not hold the package. */
    void holdsNothing() {
        inputs.updateAndGet(old -> new RankingInputs(
                old.viewId(),
                old.version() + 1,
                old.algorithm(),
                old.members(),
                old.holders().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream()
                                        .filter(id -> !id.equals(peerId))
                                        .collect(Collectors.toSet())))));
    }

    @Override
    public long uploadRate() {
        return 0;
    }

    @Override
    public Arrivals arrivals() {
        return Objects.requireNonNull(arriving.get());
    }

    /** Nobody has all of the package; it arrives here, as fast as anybody reads. */
    void isArriving() {
        arriving.set(new EverythingArrives(Map.copyOf(held)));
        held.clear();
    }

    private record EverythingArrives(Map<String, Set<String>> packages) implements Arrivals {
        @Override
        public StreamVerdict mayOffer(String packageRef, List<String> paths, Reader reader) {
            return new StreamVerdict.Now();
        }

        @Override
        public StreamVerdict mayServe(Sha256 file, long position, Reader reader) {
            return new StreamVerdict.Now();
        }

        @Override
        public void reading(Sha256 file, long position) {}
    }

    @Override
    public Optional<UUID> uplink() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<byte[]> siteWord(SiteQuestion question) {
        return CompletableFuture.completedFuture("{}".getBytes(StandardCharsets.UTF_8));
    }

    /** A new view without one member. */
    void leaves(String peer) {
        inputs.updateAndGet(old -> new RankingInputs(
                old.viewId() + 1,
                old.version() + 1,
                old.algorithm(),
                old.members().stream().filter(m -> !m.id().equals(idOf(peer))).toList(),
                old.holders()));
    }

    /** It has no fresh view. */
    void isMute() {
        inputs.set(RankingInputs.NONE);
    }

    @Override
    public RankingInputs ranking() {
        return Objects.requireNonNull(inputs.get());
    }

    static UUID idOf(String address) {
        return UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.US_ASCII));
    }

    private static PolicySnapshot snapshotFor(Manifest manifest, String ref) {
        byte[] bytes = manifest.toBytes();
        return PolicySnapshot.EMPTY.applyAll(List.of(
                new EpochRenewed(1, Instant.now(), Instant.now().plus(Duration.ofDays(30))),
                new PolicyEnabled(new PolicyState(
                        new UUID(0, 1),
                        1,
                        "all",
                        true,
                        PolicyMode.ANSWER,
                        List.of(Collected.ALL_COMPUTERS),
                        UnknownComputers.BOOT,
                        new Holding(HoldKind.DEPLOYED, List.of(), 0))),
                new PackageBuilt(new PackageState(
                        manifest.id().name(),
                        manifest.id().version(),
                        1,
                        Sha256.of(bytes).hex(),
                        "http://192.0.2.1/",
                        manifest.totalSize(),
                        manifest.files().size(),
                        manifest.boot(),
                        Instant.now())),
                new DeploymentChanged(new DeploymentState(
                        new UUID(0, 2),
                        1,
                        "unknown",
                        ref,
                        null,
                        true,
                        DeploymentKind.REQUIRED,
                        List.of("console=ttyS0", "DEBIAN_FRONTEND=text", "ipv6.disable=1")))));
    }

    @Override
    public UUID siteId() {
        return SITE;
    }

    @Override
    public UUID segmentId() {
        return SEGMENT;
    }

    @Override
    public int prefixLength() {
        return 24;
    }

    @Override
    public PeerView view() {
        return new PeerView(null, true, List.of(), Labels.NONE, Instant.now());
    }
}
