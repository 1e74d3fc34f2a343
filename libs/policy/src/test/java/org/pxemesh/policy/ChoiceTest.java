package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.events.DeploymentKind.AVAILABLE;
import static org.pxemesh.events.DeploymentKind.LOCAL;
import static org.pxemesh.events.DeploymentKind.REQUIRED;
import static org.pxemesh.policy.Collected.ALL_COMPUTERS;
import static org.pxemesh.policy.Hq.DEBIAN;
import static org.pxemesh.policy.Hq.MAC;
import static org.pxemesh.policy.Hq.NOW;
import static org.pxemesh.policy.Hq.computer;
import static org.pxemesh.policy.Hq.deployment;
import static org.pxemesh.policy.Hq.id;
import static org.pxemesh.policy.Hq.list;
import static org.pxemesh.policy.Hq.policy;
import static org.pxemesh.policy.Hq.rule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyChanged;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.policy.rule.Labels;

/** Which deployment and which policy win, and what follows for what peers hold. */
class ChoiceTest {

    @Test
    void shouldPreferTheNarrowestDeployment() {
        // Given
        Hq hq = Hq.answering()
                .says(list("vips"))
                .says(rule("desktops", "chassis = desktop and site = paris"))
                .says(computer("PC-1", List.of(MAC), null, Map.of("chassis", "desktop"), "vips"))
                .says(deployment("a: all", DEBIAN, ALL_COMPUTERS, false, LOCAL))
                .says(deployment("b: rule", DEBIAN, id("desktops"), false, REQUIRED))
                .says(deployment("c: list", DEBIAN, id("vips"), false, REQUIRED))
                .says(deployment("d: strangers", DEBIAN, null, true, REQUIRED))
                .says(deployment("e: dangling", DEBIAN, id("never made"), false, REQUIRED));

        // When / Then
        assertThat(names(hq)).containsExactly("c: list", "b: rule", "a: all");
    }

    @Test
    void shouldPreferTheMildestAmongEquals() {
        Hq hq = Hq.answering()
                .says(computer("PC-1", List.of(MAC), null, Map.of()))
                .says(deployment("a", DEBIAN, ALL_COMPUTERS, false, REQUIRED))
                .says(deployment("b", DEBIAN, ALL_COMPUTERS, false, AVAILABLE))
                .says(deployment("d", null, ALL_COMPUTERS, false, LOCAL))
                .says(deployment("c", null, ALL_COMPUTERS, false, LOCAL));

        assertThat(names(hq)).containsExactly("c", "d", "b", "a");
    }

    @Test
    void shouldFollowTheNarrowestPolicyAndTheMoreCarefulOfEquals() {
        // Given
        Hq hq = Hq.inParis()
                .says(rule("linux", "os = linux"))
                .says(policy("a", PolicyMode.ANSWER, UnknownComputers.BOOT, ALL_COMPUTERS, id("linux")))
                .says(policy("b", PolicyMode.ANSWER, UnknownComputers.IGNORE, id("linux")))
                .says(policy("c", PolicyMode.OBSERVE, UnknownComputers.BOOT, id("linux")))
                .says(policy("d", PolicyMode.OBSERVE, UnknownComputers.IGNORE, ALL_COMPUTERS));
        PeerView linux = new PeerView(Hq.PARIS, false, List.of(), Labels.of(Map.of("OS", "Linux")), NOW);

        // When / Then
        assertThat(PolicyChoice.ranked(hq.snapshot(), linux))
                .extracting(PolicyState::name)
                .containsExactly("c", "b", "a", "d");
        assertThat(PolicyChoice.covering(hq.snapshot(), hq.view))
                .hasValueSatisfying(p -> assertThat(p.name()).isEqualTo("d"));
    }

    @Test
    void shouldKnowAPeerByItsMacAndLetHqsLabelsGoBeforeItsOwn() {
        // Given
        Hq hq = Hq.inParis()
                .says(list("servers of boots"))
                .says(rule("laptops", "chassis = laptop"))
                .says(computer("PC-1", List.of(MAC), null, Map.of("chassis", "desktop"), "servers of boots"))
                .says(policy("listed", PolicyMode.ANSWER, UnknownComputers.BOOT, id("servers of boots")))
                .says(policy("laptops", PolicyMode.OBSERVE, UnknownComputers.BOOT, id("laptops")));
        PeerView peer = new PeerView(
                Hq.PARIS, false, List.of(MAC.toUpperCase(Locale.ROOT)), Labels.of(Map.of("chassis", "laptop")), NOW);

        // When / Then
        assertThat(PolicyChoice.ranked(hq.snapshot(), peer))
                .extracting(PolicyState::name)
                .containsExactly("listed");
    }

    @Test
    void shouldNotCoverAnybodyByARuleItCannotRead() {
        Hq hq = Hq.inParis()
                .says(rule("of a newer HQ", "os ~ linux"))
                .says(policy("p", PolicyMode.ANSWER, UnknownComputers.BOOT, id("of a newer HQ")));

        assertThat(PolicyChoice.covering(hq.snapshot(), hq.view)).isEmpty();
    }

    @Test
    void shouldHoldWhatWinsForTheSitesComputersAndForStrangers() {
        // Given
        Hq hq = Hq.answering()
                .says(new PackageBuilt(other("suse")))
                .says(new PackageBuilt(other("arch")))
                .says(list("vips"))
                .says(computer("PC-1", List.of(MAC), null, Map.of(), "vips"))
                .says(deployment("vips", "suse@1", id("vips"), false, REQUIRED))
                .says(deployment("loses", "arch@1", ALL_COMPUTERS, false, REQUIRED))
                .says(deployment("strangers", DEBIAN, null, true, REQUIRED));

        // When / Then
        assertThat(HoldOrder.of(hq.snapshot(), hq.view)).isEqualTo(new HoldOrder(Set.of("suse@1", DEBIAN), 2));
    }

    @Test
    void shouldHoldNothingForStrangersThatAreIgnored() {
        Hq hq = Hq.inParis()
                .says(policy("p", PolicyMode.ANSWER, UnknownComputers.IGNORE, ALL_COMPUTERS))
                .says(deployment("strangers", DEBIAN, null, true, REQUIRED));

        assertThat(HoldOrder.of(hq.snapshot(), hq.view).packageRefs()).isEmpty();
    }

    @Test
    void shouldHoldWhatIsListedAndBuilt() {
        Hq hq = Hq.inParis().says(holding(HoldKind.LISTED));

        assertThat(HoldOrder.of(hq.snapshot(), hq.view).packageRefs()).containsExactly(DEBIAN);
    }

    @Test
    void shouldHoldNothingWhenToldSoOrNotCovered() {
        assertThat(HoldOrder.of(Hq.inParis().says(holding(HoldKind.NOTHING)).snapshot(), new Hq().view))
                .isEqualTo(HoldOrder.NOTHING);
        assertThat(HoldOrder.of(Hq.inParis().snapshot(), new Hq().view)).isEqualTo(HoldOrder.NOTHING);
        assertThat(HoldOrder.of(
                                Hq.inParis()
                                        .says(new PolicyChanged(Hq.policyState(
                                                "off",
                                                false,
                                                PolicyMode.ANSWER,
                                                UnknownComputers.BOOT,
                                                HoldKind.LISTED,
                                                List.of(ALL_COMPUTERS))))
                                        .snapshot(),
                                new Hq().view)
                        .packageRefs())
                .isEmpty();
    }

    private static PolicyEnabled holding(HoldKind kind) {
        return new PolicyEnabled(
                Hq.policyState("p", true, PolicyMode.ANSWER, UnknownComputers.BOOT, kind, List.of(ALL_COMPUTERS)));
    }

    private static PackageState other(String name) {
        var debian = Hq.debian();
        return new PackageState(name, "1", 1, debian.manifestSha256(), debian.manifestUrl(), 1, 1, debian.boot(), NOW);
    }

    private static List<String> names(Hq hq) {
        PolicySnapshot snapshot = hq.snapshot();
        var computer = snapshot.computerOf(new BootClient(MAC, null, ClientArchitecture.BIOS))
                .orElseThrow();
        return DeploymentChoice.ranked(snapshot, computer).stream()
                .map(DeploymentState::name)
                .toList();
    }
}
