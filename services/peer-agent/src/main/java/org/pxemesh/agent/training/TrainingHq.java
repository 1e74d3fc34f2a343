package org.pxemesh.agent.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policy.Collected;

/** What an HQ would say: loopback is a branch, and whoever is unknown there boots a small package. Its key is made anew. */
final class TrainingHq {
    /** What UEFI clients load first. */
    static final String PROGRAM = "snponly.efi";

    /** What BIOS clients load first. */
    static final String LOADER = "pxelinux.0";

    static final String KERNEL = "linux";
    private static final String RAM_DISK = "initrd.gz";

    /** Enough for several chunks, so that neighbours fetch in parallel. */
    private static final int KERNEL_BYTES = 3 << 20;

    private static final int SMALL_BYTES = 64 << 10;
    private static final String CLUSTER = "training";
    private static final Duration EPOCH = Duration.ofDays(1);

    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(
                    new LoaderState("bios", LOADER, List.of(), KERNEL, RAM_DISK, List.of(), false),
                    new LoaderState("x64-uefi", PROGRAM, List.of(), KERNEL, RAM_DISK, List.of(), false)));

    private final KeyPair keys = SigningKeys.generate();
    private final EventSigner signer = new EventSigner(keys);
    private final Map<Sha256, byte[]> contents = new LinkedHashMap<>();
    private final Manifest manifest;
    private final PackageState built;

    TrainingHq() {
        var random = new Random(1);
        List<ManifestFile> files = new ArrayList<>();
        for (var name : List.of(LOADER, PROGRAM, KERNEL, RAM_DISK)) {
            var bytes = new byte[name.equals(KERNEL) ? KERNEL_BYTES : SMALL_BYTES];
            random.nextBytes(bytes);
            var chunker = new Chunker();
            chunker.update(bytes, 0, bytes.length);
            var file = chunker.finish(name);
            files.add(file);
            contents.put(file.sha256(), bytes);
        }
        manifest = new Manifest(new PackageId("training", "1"), files, BOOT);
        built = new PackageState(
                "training",
                "1",
                1,
                Sha256.of(manifest.toBytes()).hex(),
                "http://127.0.0.1:9/content/manifests/none",
                manifest.totalSize(),
                files.size(),
                BOOT,
                Instant.now());
    }

    /** For {@code pxemesh.trust.keys}. */
    String trustKeys() {
        return TrustedKeys.format(keys.getPublic());
    }

    /** The one package. */
    String packageRef() {
        return built.ref();
    }

    /** Tells a peer all there is to be known; it verifies it as ever. */
    void tell(SnapshotStore snapshots) {
        for (var event : records()) {
            var place = TopicCatalog.of(event).name();
            var envelope = Envelope.of(UUID.randomUUID().toString(), "/training", Instant.now(), event);
            snapshots.take(CLUSTER, signer.sign(place, TopicCatalog.keyOf(event), envelope));
        }
        snapshots.caughtUp(CLUSTER, Map.of());
    }

    /** Puts the package into a peer's store, as if it had been fetched. */
    void fill(DiskStore store) throws IOException, ManifestException {
        store.adopt(built, manifest.toBytes());
        for (var file : manifest.files()) {
            var bytes = ByteBuffer.wrap(contents.getOrDefault(file.sha256(), new byte[0]));
            for (var chunk : file.chunks()) {
                store.write(file.sha256(), chunk, bytes.slice((int) chunk.offset(), chunk.length()));
            }
        }
    }

    private List<Event> records() {
        var now = Instant.now();
        return List.of(
                new EpochRenewed(1, now, now.plus(EPOCH)),
                new SiteChanged(new SiteState(
                        new UUID(0, 1), 1, "loopback", SiteKind.BRANCH, List.of("127.0.0.0/8"), WanLimits.NONE)),
                new PackageBuilt(built),
                new DeploymentChanged(new DeploymentState(
                        new UUID(0, 2),
                        1,
                        "training",
                        built.ref(),
                        null,
                        true,
                        DeploymentKind.REQUIRED,
                        List.of("console=ttyS0"))),
                new PolicyEnabled(new PolicyState(
                        new UUID(0, 3),
                        1,
                        "training",
                        true,
                        PolicyMode.ANSWER,
                        List.of(Collected.ALL_COMPUTERS),
                        UnknownComputers.BOOT,
                        new Holding(HoldKind.DEPLOYED, List.of(), 0))));
    }
}
