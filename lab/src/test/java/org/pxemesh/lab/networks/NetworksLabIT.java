package org.pxemesh.lab.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class NetworksLabIT {

    @Test
    void shouldAnswerWhereItWasAskedAndNowhereElse() throws InterruptedException {
        ObjectNode result = new NetworksScenario().run();

        assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
        assertThat(result.path("exams").size()).isEqualTo(7);
    }
}
