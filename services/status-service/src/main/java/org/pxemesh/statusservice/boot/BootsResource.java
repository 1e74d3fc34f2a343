package org.pxemesh.statusservice.boot;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.statusservice.Parameters;

/** Boots over REST. */
@Path("/api/v1/boots")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class BootsResource {

    private static final int MOST = 200;

    private final Boots boots;

    BootsResource(Boots boots) {
        this.boots = boots;
    }

    /** A boot with all that happened. */
    public record WithTimeline(@JsonUnwrapped Boot boot, List<BootStep> timeline) {}

    @GET
    @Operation(summary = "Boots, newest first; filter by mac, site and state. Link: rel=next leads to older ones")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Boot.class)))
    public Response list(
            @QueryParam("mac") @Nullable String mac,
            @QueryParam("site") @Nullable String site,
            @QueryParam("state") @Nullable String state,
            @QueryParam("before") @Nullable String before,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @Context UriInfo here) {
        int size = (int) Parameters.number("limit", limit, 1, MOST);
        var filter = new Boots.Filter(
                mac == null ? null : mac(mac),
                site == null ? null : Parameters.uuid("site", site),
                state == null ? null : state(state));
        Long from = before == null ? null : Parameters.number("before", before, 0, Long.MAX_VALUE);
        List<Boots.Listed> found = boots.list(filter, from, size + 1);
        List<Boots.Listed> page = found.subList(0, Math.min(size, found.size()));
        Response.ResponseBuilder response =
                Response.ok(page.stream().map(Boots.Listed::boot).toList());
        if (found.size() > size) {
            // Relative, as this service may stand behind another address (RFC 8288).
            String query = here.getRequestUriBuilder()
                    .replaceQueryParam("before", page.getLast().seq())
                    .build()
                    .getRawQuery();
            response.header("Link", "</api/v1/boots?" + query + ">; rel=\"next\"");
        }
        return response.build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A boot with its timeline")
    public WithTimeline get(@PathParam("id") String id) {
        UUID boot = Parameters.uuid("id", id);
        return new WithTimeline(
                boots.find(boot).orElseThrow(() -> ProblemException.notFound("boot", boot)), boots.timeline(boot));
    }

    /** Accepts what people paste: upper case, dashes, or no separator at all. */
    private static String mac(String text) {
        String digits = text.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{12}")) {
            throw ProblemException.invalid("mac", "\"" + text + "\" is not a MAC address such as 52:54:00:00:00:01");
        }
        return digits.replaceAll("(..)(?!$)", "$1:");
    }

    private static BootState state(String text) {
        return BootState.parse(text)
                .orElseThrow(() -> ProblemException.invalid(
                        "state",
                        "\"" + text + "\" is not one of "
                                + Arrays.stream(BootState.values())
                                        .map(BootState::id)
                                        .toList()));
    }
}
