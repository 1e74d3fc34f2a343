package org.pxemesh.agent.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.pxemesh.agent.PeerAgent;
import org.pxemesh.agent.mesh.MeshCodec;

/** {@code GET http://127.0.0.1:8068/status}. */
@ApplicationScoped
public class LocalFace {
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();

    private final AgentHolder holder;

    LocalFace(AgentHolder holder) {
        this.holder = holder;
    }

    void routes(@Observes Router router) {
        router.get("/status").handler(this::status);
    }

    private void status(RoutingContext request) {
        var agent = holder.agent();
        if (agent.isEmpty()) {
            request.response().setStatusCode(503).end("{\"problems\":[\"the agent is starting\"]}");
            return;
        }
        request.response().putHeader("Content-Type", "application/json").end(json(agent.get()));
    }

    private static String json(PeerAgent agent) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(AgentStatus.of(agent));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the status has no JSON form", e);
        }
    }
}
