package org.pxemesh.lab.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The distribution scenario in small: one site of two segments, a wider WAN, one uplink killed. */
class DistributionLabIT {
    @Test
    void shouldCarryOneCopyOverTheWanOfASiteWithTwoSegments() throws InterruptedException {
        // Given a budget for the kill (512 KiB of 58 MB, 0.9 %), for what one uplink has under way where the other
        // meets it in
        // helping (as much), and for one moment in which a segment is silent for more than two seconds (as much), and a
        // little. How wide the line is does not count: what is under way is part of the 512 KiB
        var plan = new Distribution.Plan(List.of(new Branch.Plan("paris", List.of(2, 2), 60)), 58, 1, 1.04);

        // When
        ObjectNode result = DistributionScenario.run("lab-distribution-test", plan);

        // Then
        assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
    }
}
