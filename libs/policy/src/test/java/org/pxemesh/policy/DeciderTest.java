package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.events.DeploymentKind.AVAILABLE;
import static org.pxemesh.events.DeploymentKind.LOCAL;
import static org.pxemesh.events.DeploymentKind.REQUIRED;
import static org.pxemesh.policy.Collected.ALL_COMPUTERS;
import static org.pxemesh.policy.Hq.DEBIAN;
import static org.pxemesh.policy.Hq.DEBIAN_FILES;
import static org.pxemesh.policy.Hq.MAC;
import static org.pxemesh.policy.Hq.NOW;
import static org.pxemesh.policy.Hq.computer;
import static org.pxemesh.policy.Hq.deployment;
import static org.pxemesh.policy.Hq.id;
import static org.pxemesh.policy.Hq.policy;
import static org.pxemesh.policy.Hq.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.events.Event;
import org.pxemesh.events.PolicyDisabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.policy.rule.Labels;

class DeciderTest {

    private static final String GUID = "4c4c4544-0042-3510-8052-b4c04f4e4d32";

    @Test
    void shouldBootABiosClientByThePackagesOwnLoader() {
        // Given
        Hq hq = Hq.answering().says(deployment("strangers", DEBIAN, null, true, REQUIRED));

        // When
        Decision decision = hq.decide(ClientArchitecture.BIOS);

        // Then
        assertThat(decision).isInstanceOfSatisfying(BootPlan.class, plan -> {
            assertThat(plan.deploymentId()).isEqualTo(id("strangers"));
            assertThat(plan.computerId()).isNull();
            assertThat(plan.packageRef()).isEqualTo(DEBIAN);
            assertThat(plan.loader()).isEqualTo(LoaderKind.PXELINUX);
            assertThat(plan.nbp()).isEqualTo("pxelinux.0");
            assertThat(plan.kernel()).isEqualTo("amd64/linux");
            assertThat(plan.initrd()).isEqualTo("amd64/initrd.gz");
            assertThat(plan.arguments()).containsExactly("vga=788", "console=ttyS0");
            assertThat(plan.prompt()).isFalse();
            assertThat(plan.files()).isEqualTo(DEBIAN_FILES);
        });
    }

    @Test
    void shouldBootAUefiClientByShimAndGrub() {
        // Given
        Hq hq = Hq.answering().says(deployment("strangers", DEBIAN, null, true, REQUIRED));

        // When
        Decision decision = hq.decide(ClientArchitecture.X64_UEFI);

        // Then
        assertThat(decision).isInstanceOfSatisfying(BootPlan.class, plan -> {
            assertThat(plan.loader()).isEqualTo(LoaderKind.SHIM_GRUB);
            assertThat(plan.nbp()).isEqualTo("amd64/bootnetx64.efi");
            assertThat(plan.next()).containsExactly("amd64/grubx64.efi");
        });
    }

    @Test
    void shouldBootAKnownComputerByItsOwnDeployment() {
        // Given
        Hq hq = Hq.answering()
                .says(computer("PC-1", List.of(MAC), null, Map.of()))
                .says(deployment("everybody", DEBIAN, ALL_COMPUTERS, false, AVAILABLE));

        // When
        Decision decision = hq.decide(ClientArchitecture.BIOS);

        // Then
        assertThat(decision).isInstanceOfSatisfying(BootPlan.class, plan -> {
            assertThat(plan.computerId()).isEqualTo(id("PC-1"));
            assertThat(plan.prompt()).isTrue();
        });
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                ignored(
                        "no word of HQ",
                        () -> new Hq(),
                        Reason.EPOCH_EXPIRED,
                        Reason.UNKNOWN_NETWORK,
                        Reason.NO_POLICY_ENABLED,
                        Reason.NO_DEPLOYMENT),
                ignored("old word of HQ", () -> at(served(), NOW.plus(Duration.ofDays(30))), Reason.EPOCH_EXPIRED),
                ignored(
                        "unknown network",
                        () -> seen(served(), new PeerView(null, false, List.of(), Labels.NONE, NOW)),
                        Reason.UNKNOWN_NETWORK),
                ignored(
                        "network of a site that was deleted",
                        () -> seen(served(), new PeerView(id("gone"), false, List.of(), Labels.NONE, NOW)),
                        Reason.UNKNOWN_NETWORK),
                ignored(
                        "network out of bounds",
                        () -> served().says(site(SiteKind.NEVER, 2)),
                        Reason.NETWORK_NOT_SERVED),
                ignored("no policy", () -> Hq.inParis().says(forStrangers()), Reason.NO_POLICY_ENABLED),
                ignored("policy disabled again", () -> served().says(disabled()), Reason.NO_POLICY_ENABLED),
                ignored(
                        "policy for other peers",
                        () -> Hq.inParis()
                                .says(forStrangers())
                                .says(Hq.rule("lyon", "site = Lyon"))
                                .says(policy("offices", PolicyMode.ANSWER, UnknownComputers.BOOT, id("lyon"))),
                        Reason.NO_POLICY_ENABLED),
                ignored(
                        "policy that ignores strangers",
                        () -> Hq.inParis()
                                .says(forStrangers())
                                .says(policy("offices", PolicyMode.ANSWER, UnknownComputers.IGNORE, ALL_COMPUTERS)),
                        Reason.UNKNOWN_COMPUTER),
                ignored("no deployment", Hq::answering, Reason.NO_DEPLOYMENT),
                ignored(
                        "known computer, deployment for strangers alone",
                        () -> served().says(computer("PC-1", List.of(MAC), null, Map.of())),
                        Reason.NO_DEPLOYMENT),
                ignored(
                        "own disk",
                        () -> Hq.answering().says(deployment("disk", null, null, true, LOCAL)),
                        Reason.LOCAL_BOOT),
                ignored(
                        "package never built",
                        () -> Hq.answering().says(deployment("d", "suse@15", null, true, REQUIRED)),
                        Reason.PACKAGE_NOT_BUILT,
                        Reason.PACKAGE_NOT_HELD),
                ignored("package retired", () -> served().says(Hq.retired()), Reason.PACKAGE_RETIRED),
                ignored("package on its way", () -> holding(served(), Map.of()), Reason.PACKAGE_NOT_HELD),
                ignored(
                        "package without its initrd",
                        () -> holding(served(), Map.of(DEBIAN, Set.of("pxelinux.0", "ldlinux.c32", "amd64/linux"))),
                        Reason.FILE_NOT_IN_PACKAGE),
                ignored(
                        "policy that observes",
                        () -> Hq.inParis()
                                .says(forStrangers())
                                .says(policy("offices", PolicyMode.OBSERVE, UnknownComputers.BOOT, ALL_COMPUTERS)),
                        Reason.OBSERVE_ONLY));
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @MethodSource("refusals")
    void shouldGiveAllReasonsForSilence(String name, Supplier<Hq> hq, List<Reason> reasons) {
        Decision decision = hq.get().decide(ClientArchitecture.BIOS);

        assertThat(decision).isInstanceOfSatisfying(Ignored.class, ignored -> {
            assertThat(ignored.reasons()).containsExactlyElementsOf(reasons);
            assertThat(ignored.refusals())
                    .allSatisfy(refusal -> assertThat(refusal.detail()).isNotBlank());
        });
    }

    @Test
    void shouldSayThatThePackageHasNoLoaderForTheClient() {
        Decision decision = served().decide(ClientArchitecture.AA64_UEFI);

        assertThat(decision).isInstanceOfSatisfying(Ignored.class, ignored -> {
            assertThat(ignored.reasonNames()).containsExactly("ARCHITECTURE_NOT_IN_PACKAGE");
            assertThat(ignored.refusals().getFirst().detail())
                    .isEqualTo("package debian@12.9 has loaders for [bios, x64-uefi], not for aa64-uefi");
        });
    }

    @Test
    void shouldNeverTurnAvailableIntoAnAutomaticBoot() {
        Hq hq = Hq.answering().says(deployment("ask", DEBIAN, null, true, AVAILABLE));

        assertThat(hq.decide(ClientArchitecture.X64_UEFI))
                .isInstanceOfSatisfying(
                        Ignored.class,
                        ignored -> assertThat(ignored.reasons()).containsExactly(Reason.NO_PROMPT_LOADER));
        assertThat(hq.decide(ClientArchitecture.BIOS)).isInstanceOf(BootPlan.class);
    }

    @Test
    void shouldHaveTheFirmwareAskWhereNoProgramCanAndTheDeploymentLetsIt() {
        // Given
        Hq hq = Hq.answering().says(Hq.byMenu(AVAILABLE));

        // Then
        assertThat(hq.decide(ClientArchitecture.X64_UEFI)).isInstanceOfSatisfying(BootPlan.class, plan -> {
            assertThat(plan.prompt()).isTrue();
            assertThat(plan.menu()).isTrue();
            assertThat(plan.hasIpxeScript()).as("iPXE asks by a script").isTrue();
        });
        assertThat(hq.decide(ClientArchitecture.BIOS)).isInstanceOfSatisfying(BootPlan.class, plan -> {
            assertThat(plan.prompt()).as("pxelinux asks").isTrue();
            assertThat(plan.menu()).isFalse();
        });
    }

    @Test
    void shouldAskNobodyWhoIsToBootUnasked() {
        Hq hq = Hq.answering().says(Hq.byMenu(REQUIRED));

        assertThat(hq.decide(ClientArchitecture.X64_UEFI)).isInstanceOfSatisfying(BootPlan.class, plan -> {
            assertThat(plan.prompt()).isFalse();
            assertThat(plan.menu()).isFalse();
        });
    }

    @Test
    void shouldTellWhatItWouldHaveDoneWhileItObserves() {
        Hq hq = Hq.inParis()
                .says(forStrangers())
                .says(policy("offices", PolicyMode.OBSERVE, UnknownComputers.BOOT, ALL_COMPUTERS));

        assertThat(hq.decide(ClientArchitecture.BIOS))
                .isInstanceOfSatisfying(
                        Ignored.class,
                        ignored -> assertThat(ignored.wouldHave()).isNotNull());
    }

    @Test
    void shouldServeUnknownNetworksWhenToldTo() {
        Hq hq = seen(served(), new PeerView(null, true, List.of(), Labels.NONE, NOW));

        assertThat(hq.decide(ClientArchitecture.BIOS)).isInstanceOf(BootPlan.class);
    }

    @Test
    void shouldNotGuessWhichOfTwoComputersAsks() {
        // Given: a dock that is passed round carries PC-1's MAC, the machine behind it is PC-2
        Hq hq = Hq.answering()
                .says(computer("PC-1", List.of(MAC), "4c4c4544-0000-0000-0000-000000000001", Map.of()))
                .says(computer("PC-2", List.of("52:54:00:00:00:02"), GUID, Map.of()))
                .says(deployment("everybody", DEBIAN, ALL_COMPUTERS, false, REQUIRED));

        // When
        Decision decision = hq.decide(new BootClient(MAC, GUID.toUpperCase(Locale.ROOT), ClientArchitecture.BIOS));

        // Then
        assertThat(decision).isInstanceOfSatisfying(Ignored.class, ignored -> {
            assertThat(ignored.reasons()).containsExactly(Reason.AMBIGUOUS_COMPUTER);
            assertThat(ignored.refusals().getFirst().detail()).contains("[PC-1, PC-2]");
        });
    }

    @Test
    void shouldTellClonedBoardsApartByTheirMacs() {
        // Given
        Hq hq = Hq.answering()
                .says(computer("PC-1", List.of(MAC), GUID, Map.of()))
                .says(computer("PC-2", List.of("52:54:00:00:00:02"), GUID, Map.of()))
                .says(deployment("everybody", DEBIAN, ALL_COMPUTERS, false, REQUIRED));

        // When / Then
        assertThat(computerOf(hq.decide(new BootClient(MAC, GUID, ClientArchitecture.BIOS))))
                .isEqualTo(id("PC-1"));
        assertThat(hq.decide(new BootClient("52:54:00:00:00:03", GUID, ClientArchitecture.BIOS)))
                .isInstanceOfSatisfying(
                        Ignored.class,
                        ignored -> assertThat(ignored.reasons()).containsExactly(Reason.AMBIGUOUS_COMPUTER));
    }

    @Test
    void shouldKnowAComputerWithANewNetworkCardByItsGuid() {
        Hq hq = Hq.answering()
                .says(computer("PC-1", List.of(MAC), GUID, Map.of()))
                .says(deployment("everybody", DEBIAN, ALL_COMPUTERS, false, REQUIRED));

        assertThat(computerOf(hq.decide(new BootClient("52:54:00:00:00:09", GUID, ClientArchitecture.BIOS))))
                .isEqualTo(id("PC-1"));
    }

    @Test
    void shouldNotKnowAnybodyByAGuidThatNobodySet() {
        // Given
        String unset = "03000200-0400-0500-0006-000700080009";
        Hq hq = Hq.answering()
                .says(computer("PC-1", List.of(MAC), unset, Map.of()))
                .says(deployment("everybody", DEBIAN, ALL_COMPUTERS, false, REQUIRED))
                .says(forStrangers());

        // When
        Decision decision = hq.decide(new BootClient("52:54:00:00:00:09", unset, ClientArchitecture.BIOS));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        BootPlan.class, plan -> assertThat(plan.computerId()).isNull());
    }

    private static Hq served() {
        return Hq.answering().says(forStrangers());
    }

    private static Event forStrangers() {
        return deployment("strangers", DEBIAN, null, true, REQUIRED);
    }

    private static PolicyDisabled disabled() {
        var on = policy("offices", PolicyMode.ANSWER, UnknownComputers.BOOT, ALL_COMPUTERS)
                .policy();
        return new PolicyDisabled(new PolicyState(
                on.id(), 2, on.name(), false, on.mode(), on.collections(), on.unknownComputers(), on.hold()));
    }

    private static Object computerOf(Decision decision) {
        return decision instanceof BootPlan plan && plan.computerId() != null ? plan.computerId() : decision;
    }

    private static Hq at(Hq hq, Instant now) {
        return seen(hq, new PeerView(Hq.PARIS, false, List.of(), Labels.NONE, now));
    }

    private static Hq seen(Hq hq, PeerView view) {
        hq.view = view;
        return hq;
    }

    private static Hq holding(Hq hq, Map<String, Set<String>> held) {
        hq.held = held;
        return hq;
    }

    private static Arguments ignored(String name, Supplier<Hq> hq, Reason... reasons) {
        return Arguments.of(name, hq, List.of(reasons));
    }
}
