package org.pxemesh.packageservice.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the package versions were rebuilt from Kafka and this instance is the one that writes. */
@Readiness
@ApplicationScoped
public class CatalogReadiness implements HealthCheck {

    private final PackageDesk desk;

    CatalogReadiness(PackageDesk desk) {
        this.desk = desk;
    }

    @Override
    public HealthCheckResponse call() {
        String trouble = desk.trouble();
        var response = HealthCheckResponse.named("package versions").status(trouble == null);
        return trouble == null
                ? response.build()
                : response.withData("trouble", trouble).build();
    }
}
