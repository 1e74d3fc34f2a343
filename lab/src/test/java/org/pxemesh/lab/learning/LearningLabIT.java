package org.pxemesh.lab.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Four branches with real agents and HQ's real services: forms and findings go from site to HQ and back. */
class LearningLabIT {

    @Test
    void shouldShareWhatSitesLearnAndShowWhatTheyFind() throws InterruptedException {
        // When
        ObjectNode result = LearningScenario.run("lab-learning-it");

        // Then
        assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
        assertThat(result.path("learned").path("observed").path("pxe10").asInt())
                .isEqualTo(3);
        assertThat(result.path("finding").path("symptom").asText()).isEqualTo("PXE-E55");
    }
}
