package org.pxemesh.policyservice.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.policyservice.Complaints;
import org.pxemesh.policyservice.Given;

class DeploymentRequestTest {

    @Test
    void shouldTakeComputersStrangersOrBoth() {
        assertThat(complaints(request("debian@12", DeploymentKind.REQUIRED, List.of("console=ttyS0"))))
                .isEmpty();
        assertThat(complaints(
                        new DeploymentRequest("D", "debian@12", null, true, DeploymentKind.AVAILABLE, null, true)))
                .isEmpty();
        assertThat(complaints(new DeploymentRequest("D", null, Given.RULE, true, DeploymentKind.LOCAL, null, false)))
                .isEmpty();
    }

    @Test
    void shouldRefuseADeploymentForNobody() {
        assertThat(complaints(
                        new DeploymentRequest("D", "debian@12", null, false, DeploymentKind.REQUIRED, null, null)))
                .containsOnlyKeys("collection");
        assertThat(complaints(new DeploymentRequest(
                        "D", "debian@12", Given.id("nowhere"), null, DeploymentKind.REQUIRED, null, null)))
                .containsOnlyKeys("collection");
    }

    @Test
    void shouldRefuseWhatCannotBoot() {
        assertThat(complaints(request("suse@15", DeploymentKind.REQUIRED, null)))
                .containsExactly(entry("packageRef", "HQ has built no package suse@15"));
        assertThat(complaints(request("old@12", DeploymentKind.REQUIRED, null)))
                .containsExactly(entry("packageRef", "package old@12 is retired"));
        assertThat(complaints(request(null, DeploymentKind.AVAILABLE, null))).containsOnlyKeys("packageRef");
        assertThat(complaints(request("debian@12", null, null))).containsOnlyKeys("kind");
    }

    /** They stand in loader configurations. */
    @Test
    void shouldNotLetAnArgumentBecomeACommand() {
        List<@Nullable String> arguments =
                Arrays.asList("quiet", "a b", "x\nKERNEL evil", "", null, "\u00e9", "y".repeat(501));

        assertThat(complaints(request("debian@12", DeploymentKind.REQUIRED, arguments)))
                .hasSize(6)
                .containsEntry("arguments[4]", "must not be null")
                .containsKeys("arguments[1]", "arguments[6]");
    }

    @Test
    void shouldBoundTheCommandLine() {
        assertThat(complaints(request("debian@12", DeploymentKind.REQUIRED, Collections.nCopies(11, "x".repeat(100)))))
                .containsOnlyKeys("arguments");
        assertThat(complaints(request("debian@12", DeploymentKind.REQUIRED, Collections.nCopies(65, "x"))))
                .containsOnlyKeys("arguments");
    }

    private static DeploymentRequest request(
            @Nullable String packageRef, @Nullable DeploymentKind kind, @Nullable List<@Nullable String> arguments) {
        return new DeploymentRequest("D", packageRef, Given.RULE, null, kind, arguments, null);
    }

    @Test
    void shouldLetFirmwareAskForADeploymentThatAsksAlone() {
        for (DeploymentKind kind : List.of(DeploymentKind.REQUIRED, DeploymentKind.LOCAL)) {
            assertThat(complaints(new DeploymentRequest("D", "debian@12", null, true, kind, null, true)))
                    .containsOnlyKeys("pxeMenu");
        }
    }

    private static Map<String, String> complaints(DeploymentRequest request) {
        return Complaints.of(() -> request.judged(Given.hq(), Given.NEW, 1));
    }
}
