package org.pxemesh.statusservice.distribution;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.statusservice.Parameters;

/** Distribution over REST. */
@Path("/api/v1/distribution")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class DistributionResource {

    private static final int MOST_SITES = 1000;

    private final Distributions distributions;

    DistributionResource(Distributions distributions) {
        this.distributions = distributions;
    }

    @GET
    @Operation(summary = "Packages with how far they have spread, and builds under way")
    public List<Distribution> list() {
        return distributions.all();
    }

    @GET
    @Path("{packageRef}/sites")
    @Operation(summary = "A package at each site: those that receive it first, then the unfinished ones")
    public List<Distribution.AtSite> sites(
            @PathParam("packageRef") String packageRef, @QueryParam("limit") @DefaultValue("50") String limit) {
        return distributions.sites(packageRef, (int) Parameters.number("limit", limit, 1, MOST_SITES));
    }

    @GET
    @Path("{packageRef}/peers")
    @Operation(summary = "A package at each peer of one site")
    public List<Distribution.AtPeer> peers(
            @PathParam("packageRef") String packageRef, @QueryParam("site") @Nullable String site) {
        if (site == null) {
            throw ProblemException.invalid("site", "is missing: name a site's id, as " + packageRef + "/sites has it");
        }
        return distributions.peers(packageRef, Parameters.uuid("site", site));
    }
}
