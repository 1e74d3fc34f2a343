package org.pxemesh.statusservice.intake;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the projections show all that stood in Kafka when the service started. */
@Readiness
@Singleton
public class ProjectionsReady implements HealthCheck {

    private final CatchUp catchUp;

    ProjectionsReady(CatchUp catchUp) {
        this.catchUp = catchUp;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, skipExecutionIf = Done.class)
    void look() {
        catchUp.look();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("projections")
                .status(catchUp.isDone())
                .withData("partitionsBehind", catchUp.missing().size())
                .build();
    }

    /** No more looking once it is done. */
    @Singleton
    static class Done implements Scheduled.SkipPredicate {

        private final CatchUp catchUp;

        Done(CatchUp catchUp) {
            this.catchUp = catchUp;
        }

        @Override
        public boolean test(io.quarkus.scheduler.ScheduledExecution execution) {
            return catchUp.isDone();
        }
    }
}
