package org.pxemesh.agent.local;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while boot clients are answered on at least one interface; else with the reasons. */
@Readiness
@ApplicationScoped
public class ServesSomewhere implements HealthCheck {
    private final AgentHolder holder;

    ServesSomewhere(AgentHolder holder) {
        this.holder = holder;
    }

    @Override
    public HealthCheckResponse call() {
        var status = holder.agent().map(AgentStatus::of);
        var answer = HealthCheckResponse.named("serving")
                .status(status.filter(AgentStatus::ready).isPresent());
        status.ifPresent(known -> {
            for (var i = 0; i < known.problems().size(); i++) {
                answer.withData("problem" + (i + 1), known.problems().get(i));
            }
        });
        return answer.build();
    }
}
