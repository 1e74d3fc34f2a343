package org.pxemesh.policyservice.desk;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the state was rebuilt from Kafka and this instance is the one that writes. */
@Readiness
@ApplicationScoped
public class DeskReadiness implements HealthCheck {

    private final Desk desk;

    DeskReadiness(Desk desk) {
        this.desk = desk;
    }

    @Override
    public HealthCheckResponse call() {
        String trouble = desk.trouble();
        var response = HealthCheckResponse.named("policy state").status(trouble == null);
        return trouble == null
                ? response.build()
                : response.withData("trouble", trouble).build();
    }
}
