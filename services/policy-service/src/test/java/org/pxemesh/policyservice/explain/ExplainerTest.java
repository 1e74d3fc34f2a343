package org.pxemesh.policyservice.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyState;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.Complaints;
import org.pxemesh.policyservice.Given;

class ExplainerTest {

    @Test
    void shouldTellWhatAKnownComputerBootsAndBecauseOfWhat() {
        Explanation explanation = explain(Given.MAC, "bios", null);

        assertThat(explanation.boots()).isTrue();
        assertThat(explanation.reasons()).isEmpty();
        assertThat(explanation.computer()).isEqualTo(new Explanation.Named(Given.PC, "PC-1"));
        assertThat(explanation.site()).isEqualTo(new Explanation.Named(Given.PARIS, "Paris"));
        assertThat(explanation.policies()).extracting(Explanation.Named::name).containsExactly("Offices");
        assertThat(explanation.deployments())
                .extracting(Explanation.RankedDeployment::name)
                .containsExactly("Debian");
        assertThat(explanation.plan())
                .isEqualTo(new Explanation.Plan(
                        Given.id("Debian"),
                        "debian@12",
                        false,
                        null,
                        "bios",
                        "PXELINUX",
                        "pxelinux.0",
                        "linux",
                        "initrd.gz",
                        List.of("vga=788", "quiet"),
                        null));
    }

    @Test
    void shouldTellWhoHoldsTheContent() {
        assertThat(explain(Given.MAC, "bios", null).hold())
                .isEqualTo(new Explanation.Hold(HoldKind.DEPLOYED, 0, null, "every peer holds the deployed packages"));
        assertThat(holding(new Holding(HoldKind.DEPLOYED, List.of(), 5, 1_000_000L)))
                .isEqualTo("5 peers of each segment hold the deployed packages, the others point at them; each gives"
                        + " its neighbours at most 1000000 bytes a second");
        assertThat(holding(new Holding(HoldKind.NOTHING, List.of(), 0)))
                .isEqualTo("every peer holds nothing, and points at neighbours that hold something");
    }

    private static String holding(Holding holding) {
        PolicyState old = Given.hq().policies().values().stream()
                .filter(policy -> policy.name().equals("Offices"))
                .findFirst()
                .orElseThrow();
        PolicySnapshot hq = Given.hq()
                .apply(new PolicyEnabled(new PolicyState(
                        old.id(),
                        old.revision() + 1,
                        old.name(),
                        true,
                        old.mode(),
                        old.collections(),
                        old.unknownComputers(),
                        holding)));
        return Objects.requireNonNull(new Explainer(hq, Given.NOW)
                        .explain(Question.checked(Given.MAC, "bios", null, null))
                        .hold())
                .words();
    }

    @Test
    void shouldTellAllReasonsForAStranger() {
        Explanation explanation = explain("52:54:00:00:00:99", "7", "paris");

        assertThat(explanation.boots()).isFalse();
        assertThat(explanation.reasons()).containsExactly("UNKNOWN_COMPUTER", "NO_DEPLOYMENT");
        assertThat(explanation.details()).hasSize(2).anyMatch(detail -> detail.contains("Offices"));
        assertThat(explanation.plan()).isNull();
    }

    @Test
    void shouldRefuseAQuestionThatNamesNoMachine() {
        assertThat(Complaints.of(() -> Question.checked("52:54", "quantum", null, null)))
                .containsOnlyKeys("mac", "arch");
        assertThat(complaint("nowhere")).containsEntry("site", "there is no site nowhere");
    }

    private static Map<String, String> complaint(String site) {
        return Complaints.of(() -> explain(Given.MAC, "bios", site));
    }

    private static Explanation explain(String mac, String arch, @Nullable String site) {
        return new Explainer(Given.hq(), Given.NOW).explain(Question.checked(mac, arch, null, site));
    }
}
