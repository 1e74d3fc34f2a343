package org.pxemesh.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.site.DhcpServer;

/** The firmware zoo over real sockets: an agent passes every check, on either host. */
class ConformanceLabIT {

    @ParameterizedTest
    @ValueSource(strings = {"linux", "portable"})
    void shouldFindNoFaultWithAnAgent(String host) throws InterruptedException {
        // When
        ObjectNode result =
                Run.play("lab-conformance-it", new Office.Plan(1, DhcpServer.DNSMASQ, host), (office, figures) -> {
                    office.enable();
                    figures.set("agent", ConformanceScenario.examineAgent(office, ConformanceScenario.zoo(office)));
                });

        // Then
        assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
        assertThat(result.path("agent").path("models").size()).isGreaterThan(8);
        assertThat(failed(result.path("agent").path("models"))).isEmpty();
        assertThat(result.path("agent").path("ok").asBoolean()).isTrue();
    }

    private static List<String> failed(JsonNode models) {
        return StreamSupport.stream(models.spliterator(), false)
                .flatMap(model -> StreamSupport.stream(model.path("checks").spliterator(), false))
                .filter(check -> check.path("verdict").asText().equals("failed"))
                .map(JsonNode::toString)
                .toList();
    }
}
