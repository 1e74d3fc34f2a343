package org.pxemesh.policyservice.desk;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Who acts. There is no log-in yet, so the audit can name the address alone; it never claims more. */
@ApplicationScoped
public class Actor {

    private final CurrentVertxRequest request;

    Actor(CurrentVertxRequest request) {
        this.request = request;
    }

    public String name() {
        RoutingContext context = current();
        return context == null
                ? "policy-service"
                : "unauthenticated@" + context.request().remoteAddress().hostAddress();
    }

    private @Nullable RoutingContext current() {
        return Arc.container().requestContext().isActive() ? request.getCurrent() : null;
    }
}
