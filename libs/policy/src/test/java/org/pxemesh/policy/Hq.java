package org.pxemesh.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.CollectionChanged;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.events.CollectionState;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policy.rule.Labels;

/** An HQ in a test's hands: says things, and is asked what clients get. */
final class Hq {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final UUID PARIS = id("site paris");
    static final String DEBIAN = "debian@12.9";
    static final String MAC = "52:54:00:00:00:01";
    static final Set<String> DEBIAN_FILES = Set.of(
            "pxelinux.0", "ldlinux.c32", "amd64/bootnetx64.efi", "amd64/grubx64.efi", "amd64/linux", "amd64/initrd.gz");

    final List<Event> said = new ArrayList<>();
    Map<String, Set<String>> held = Map.of(DEBIAN, DEBIAN_FILES);
    PeerView view = new PeerView(PARIS, false, List.of(), Labels.NONE, NOW);

    /** Paris with fresh records and the Debian package; no policy and no deployment. */
    static Hq inParis() {
        return new Hq()
                .says(new EpochRenewed(1, NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofDays(30))))
                .says(site(SiteKind.BRANCH, 1))
                .says(new PackageBuilt(debian()));
    }

    /** Paris with a policy that answers everybody, strangers included. */
    static Hq answering() {
        return inParis().says(policy("offices", PolicyMode.ANSWER, UnknownComputers.BOOT, Collected.ALL_COMPUTERS));
    }

    Hq says(Event event) {
        said.add(event);
        return this;
    }

    PolicySnapshot snapshot() {
        return PolicySnapshot.EMPTY.applyAll(said);
    }

    Decision decide(ClientArchitecture architecture) {
        return decide(new BootClient(MAC, null, architecture));
    }

    Decision decide(BootClient client) {
        return Decider.decide(client, snapshot(), held, view);
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    static SiteChanged site(SiteKind kind, long revision) {
        return new SiteChanged(
                new SiteState(PARIS, revision, "Paris", kind, List.of("10.20.0.0/16"), new WanLimits(0, 100)));
    }

    static CollectionChanged rule(String name, String rule) {
        return new CollectionChanged(new CollectionState(id(name), 1, name, CollectionKind.RULE, rule));
    }

    static CollectionChanged list(String name) {
        return new CollectionChanged(new CollectionState(id(name), 1, name, CollectionKind.LIST, null));
    }

    static ComputerChanged computer(
            String name, List<String> macs, @Nullable String guid, Map<String, String> labels, String... lists) {
        return new ComputerChanged(new ComputerState(
                id(name),
                1,
                name,
                PARIS,
                macs,
                guid,
                labels,
                List.of(lists).stream().map(Hq::id).toList()));
    }

    static PolicyEnabled policy(String name, PolicyMode mode, UnknownComputers unknown, UUID... collections) {
        return new PolicyEnabled(policyState(name, true, mode, unknown, HoldKind.DEPLOYED, List.of(collections)));
    }

    static PolicyState policyState(
            String name,
            boolean enabled,
            PolicyMode mode,
            UnknownComputers unknown,
            HoldKind hold,
            List<UUID> collections) {
        List<String> listed = hold == HoldKind.LISTED ? List.of(DEBIAN, "never@built") : List.of();
        return new PolicyState(id(name), 1, name, enabled, mode, collections, unknown, new Holding(hold, listed, 2));
    }

    static DeploymentChanged deployment(
            String name, @Nullable String packageRef, @Nullable UUID collection, boolean unknown, DeploymentKind kind) {
        return new DeploymentChanged(new DeploymentState(
                id(name), 1, name, packageRef, collection, unknown, kind, List.of("console=ttyS0")));
    }

    /** For strangers: asks first, by the firmware's own menu where no program can. */
    static DeploymentChanged byMenu(DeploymentKind kind) {
        return new DeploymentChanged(
                new DeploymentState(id("menu"), 1, "menu", DEBIAN, null, true, kind, List.of(), true));
    }

    /** BIOS with pxelinux, which can ask; x64 with shim and GRUB, which here cannot. */
    static PackageState debian() {
        return new PackageState(
                "debian",
                "12.9",
                1,
                "ab".repeat(32),
                "http://hq:8082/content/manifests/" + "ab".repeat(32),
                1,
                DEBIAN_FILES.size(),
                new BootDescriptor(
                        PackageKind.LINUX_NETBOOT,
                        List.of(
                                new LoaderState(
                                        "bios",
                                        "pxelinux.0",
                                        List.of("ldlinux.c32"),
                                        "amd64/linux",
                                        "amd64/initrd.gz",
                                        List.of("vga=788"),
                                        true),
                                new LoaderState(
                                        "x64-uefi",
                                        "amd64/bootnetx64.efi",
                                        List.of("amd64/grubx64.efi"),
                                        "amd64/linux",
                                        "amd64/initrd.gz",
                                        List.of(),
                                        false))),
                NOW);
    }

    /** The same package after its retirement. */
    static PackageRetired retired() {
        PackageState built = debian();
        return new PackageRetired(new PackageState(
                built.name(),
                built.version(),
                2,
                built.manifestSha256(),
                built.manifestUrl(),
                built.bytes(),
                built.files(),
                built.boot(),
                built.builtAt()));
    }
}
