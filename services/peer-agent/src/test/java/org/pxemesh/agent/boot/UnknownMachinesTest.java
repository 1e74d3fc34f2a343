package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.PackageId;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PolicyChanged;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.Collected;
import org.pxemesh.policy.Decider;
import org.pxemesh.policy.Ignored;
import org.pxemesh.policy.PeerView;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policy.rule.Labels;

class UnknownMachinesTest {
    private static final BootClient ONE = new BootClient("52:54:00:00:00:01", null, ClientArchitecture.BIOS);
    private static final BootClient OTHER = new BootClient("52:54:00:00:00:02", null, ClientArchitecture.BIOS);

    private static final UUID GUID = new UUID(7, 7);
    private static final UUID SITE = new UUID(7, 8);

    @TempDir
    private Path tree;

    private final UnknownMachines machines = new UnknownMachines();
    private FixedSegment segment;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(tree.resolve("pxelinux.0"), "pxelinux");
        var loader = new LoaderState("bios", "pxelinux.0", List.of(), null, null, List.of(), false);
        var boot = new BootDescriptor(PackageKind.LINUX_NETBOOT, List.of(loader));
        var store = new DirectoryStore(tree, new PackageId("debian", "12"), boot);
        segment = FixedSegment.of("lo", "192.0.2.11", List.of("192.0.2.11"), store.manifest());
    }

    private static PeerView at(Instant now) {
        return new PeerView(null, true, List.of(), Labels.NONE, now);
    }

    @Test
    void shouldGiveAllUnknownMachinesOfAnArchitectureOnePlan() {
        // Given
        var snapshot = segment.snapshot();
        var held = segment.held();
        var view = segment.view();

        // When
        var first = machines.decide(ONE, snapshot, held, view);
        var second = machines.decide(OTHER, snapshot, held, at(Instant.now()));

        // Then
        assertThat(first).isInstanceOf(BootPlan.class).isEqualTo(Decider.decide(ONE, snapshot, held, view));
        assertThat(second).isSameAs(first);
    }

    @Test
    void shouldDecideAnewWhenAnythingHasChanged() {
        // Given
        var snapshot = segment.snapshot();
        var held = Map.copyOf(segment.held());
        assertThat(machines.decide(ONE, snapshot, held, segment.view())).isInstanceOf(BootPlan.class);

        // When, Then
        assertThat(machines.decide(ONE, snapshot, Map.<String, Set<String>>of(), segment.view()))
                .isInstanceOf(Ignored.class);
        assertThat(machines.decide(ONE, snapshot, held, segment.view())).isInstanceOf(BootPlan.class);
        assertThat(machines.decide(ONE, PolicySnapshot.EMPTY, held, segment.view()))
                .isInstanceOf(Ignored.class);
        assertThat(machines.decide(ONE, snapshot, held, segment.view())).isInstanceOf(BootPlan.class);
        assertThat(machines.decide(ONE, snapshot, held, at(Instant.now().plus(Duration.ofDays(31)))))
                .isInstanceOf(Ignored.class);
        var nowhere = new PeerView(null, false, List.of(), Labels.NONE, Instant.now());
        assertThat(machines.decide(ONE, snapshot, held, nowhere)).isInstanceOf(Ignored.class);
    }

    /** Policies, modes, deployments, records of computers, time, place and content change from one question to the next. */
    @Test
    void shouldNeverDecideOtherwiseThanWithoutAMemory() {
        // Given
        var chance = new Random(1);
        var snapshots = snapshots();
        var held = List.of(Map.copyOf(segment.held()), Map.copyOf(segment.held()), Map.<String, Set<String>>of());
        var asked = clients();
        var views = views();
        Set<Class<?>> kinds = new HashSet<>();

        for (int i = 0; i < 20_000; i++) {
            var client = asked.get(chance.nextInt(asked.size()));
            var snapshot = snapshots.get(Math.max(0, chance.nextInt(2 * snapshots.size()) - snapshots.size()));
            var here = held.get(Math.max(0, chance.nextInt(6) - 3));
            var view = views.get(Math.max(0, chance.nextInt(2 * views.size()) - views.size()));

            // When
            var decision = machines.decide(client, snapshot, here, view);

            // Then
            assertThat(decision).isEqualTo(Decider.decide(client, snapshot, here, view));
            kinds.add(decision.getClass());
        }
        assertThat(kinds).containsExactlyInAnyOrder(BootPlan.class, Ignored.class);
    }

    private List<PolicySnapshot> snapshots() {
        var boot = segment.snapshot();
        var computer = new ComputerState(
                new UUID(1, 1), 1, "pc1", null, List.of(OTHER.mac()), GUID.toString(), Map.of(), List.of());
        var known = boot.apply(new ComputerChanged(computer));
        return List.of(
                boot,
                boot.apply(policy(PolicyMode.OBSERVE, UnknownComputers.BOOT)),
                boot.apply(policy(PolicyMode.ANSWER, UnknownComputers.IGNORE)),
                boot.apply(new DeploymentChanged(deployment(true, DeploymentKind.LOCAL))),
                boot.apply(new DeploymentChanged(deployment(true, DeploymentKind.AVAILABLE))),
                known,
                known.apply(new DeploymentChanged(deployment(false, DeploymentKind.REQUIRED))),
                boot.apply(new SiteChanged(
                        new SiteState(SITE, 1, "tunnel", SiteKind.VPN, List.of("192.0.2.0/24"), WanLimits.NONE))),
                PolicySnapshot.EMPTY);
    }

    private static PolicyChanged policy(PolicyMode mode, UnknownComputers unknown) {
        return new PolicyChanged(new PolicyState(
                new UUID(0, 1),
                2,
                "all",
                true,
                mode,
                List.of(Collected.ALL_COMPUTERS),
                unknown,
                new Holding(HoldKind.DEPLOYED, List.of(), 0)));
    }

    private static DeploymentState deployment(boolean unknown, DeploymentKind kind) {
        return new DeploymentState(
                new UUID(0, unknown ? 2 : 3),
                2,
                unknown ? "unknown" : "known",
                "debian@12",
                unknown ? null : Collected.ALL_COMPUTERS,
                unknown,
                kind,
                List.of());
    }

    private static List<BootClient> clients() {
        List<BootClient> all = new ArrayList<>();
        for (var architecture : List.of(ClientArchitecture.BIOS, ClientArchitecture.X64_UEFI)) {
            all.add(new BootClient(ONE.mac(), null, architecture));
            all.add(new BootClient(ONE.mac(), UUID.randomUUID().toString(), architecture));
            all.add(new BootClient(OTHER.mac(), null, architecture));
            // Another network card in a computer that HQ knows by its GUID.
            all.add(new BootClient("52:54:00:00:00:03", GUID.toString(), architecture));
        }
        return all;
    }

    private static List<PeerView> views() {
        return List.of(
                at(Instant.now()),
                at(Instant.now()),
                at(Instant.now().plus(Duration.ofDays(31))),
                new PeerView(null, false, List.of(), Labels.NONE, Instant.now()),
                new PeerView(SITE, true, List.of(), Labels.NONE, Instant.now()),
                new PeerView(
                        null,
                        true,
                        List.of("52:54:00:00:00:09"),
                        Labels.NONE.with("chassis", "laptop"),
                        Instant.now()));
    }

    @Test
    void shouldTellEachMachineItsOwnRefusal() {
        // Given
        var efi = new BootClient(ONE.mac(), null, ClientArchitecture.X64_UEFI);

        // When
        var refused = machines.decide(efi, segment.snapshot(), segment.held(), segment.view());

        // Then
        assertThat(refused)
                .isEqualTo(Decider.decide(efi, segment.snapshot(), segment.held(), segment.view()))
                .isInstanceOf(Ignored.class);
    }
}
