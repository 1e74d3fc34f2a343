package org.pxemesh.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pxemesh.lab.office.Run;

/** The scenario with small boot images: everything but the block number's wrap. */
class PackageWindowsLabIT {

    @Test
    void shouldAnswerEveryRequestOfWindowsBootPrograms() throws InterruptedException {
        // Given
        PackageWindowsScenario scenario = new PackageWindowsScenario(1 << 20);

        // When
        ObjectNode result = Run.play("lab-it-windows", scenario.office(), scenario::play);

        // Then
        assertThat(result.path("ok").asBoolean()).as(result::toPrettyString).isTrue();
        List<String> wrong = new ArrayList<>();
        for (JsonNode row : result.path("steps")) {
            if (!row.path("ok").asBoolean()) {
                wrong.add(row.toString());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(result.path("steps")).hasSizeGreaterThan(40);
    }
}
