package org.pxemesh.lab.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The distribution scenario in small: one site of two segments, a wider WAN, one uplink killed. */
class DistributionLabIT {
    @Test
    void shouldCarryOneCopyOverTheWanOfASiteWithTwoSegments() throws InterruptedException {
        // Given a line three times as wide as the scenario's: a dying uplink has three times as much under way, so that
        // the
        // budget of 1.02 is judged there
        var plan = new Distribution.Plan(List.of(new Branch.Plan("paris", List.of(2, 2), 60)), 58, 1, 1.05);

        // When
        ObjectNode result = DistributionScenario.run("lab-distribution-test", plan);

        // Then
        assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
    }
}
