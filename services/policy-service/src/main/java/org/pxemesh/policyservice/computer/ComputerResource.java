package org.pxemesh.policyservice.computer;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.ComputerState;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Answers;
import org.pxemesh.policyservice.desk.Change;
import org.pxemesh.policyservice.desk.Checks;
import org.pxemesh.policyservice.desk.Desk;
import org.pxemesh.policyservice.desk.Kind;
import org.pxemesh.policyservice.desk.Part;

/** Computers that HQ knows. */
@Path("/api/v1/computers")
@Tag(name = "computers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ComputerResource {

    static final Kind<ComputerState> KIND = new Kind<>(
            "computer",
            PolicySnapshot::computers,
            ComputerState::id,
            ComputerState::revision,
            ComputerState::name,
            ComputerChanged::new);

    private final Desk desk;

    ComputerResource(Desk desk) {
        this.desk = desk;
    }

    @GET
    @Operation(summary = "All computers by name")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = ComputerState.class)))
    public Response list(
            @BeanParam Part part, @QueryParam("mac") @Nullable String mac, @QueryParam("site") @Nullable UUID site) {
        String wanted = mac == null ? null : mac.toLowerCase(Locale.ROOT).replace('-', ':');
        Stream<ComputerState> computers = desk.snapshot().computers().values().stream()
                .filter(computer -> wanted == null || computer.macs().contains(wanted))
                .filter(computer -> site == null || site.equals(computer.siteId()));
        return Answers.page(KIND, computers, part);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One computer")
    @APIResponseSchema(ComputerState.class)
    public Response get(UUID id) {
        return Answers.ok(KIND, KIND.find(desk.snapshot(), id));
    }

    @POST
    @Operation(summary = "Make a computer")
    @APIResponseSchema(value = ComputerState.class, responseCode = "201")
    public Response create(@Nullable ComputerRequest request, @Context UriInfo here) {
        UUID id = UUID.randomUUID();
        return Answers.created(
                KIND,
                here,
                desk.change(snapshot -> KIND.created(Checks.body(request).judged(snapshot, id, 1))));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Change a computer; the body is its whole state")
    @APIResponseSchema(ComputerState.class)
    public Response replace(
            UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable ComputerRequest request) {
        return Answers.ok(KIND, desk.change(snapshot -> {
            ComputerState old = KIND.find(snapshot, id);
            Change<ComputerState> change = KIND.replaced(
                    snapshot, id, ifMatch, revision -> Checks.body(request).judged(snapshot, id, revision));
            return Objects.equals(change.result().siteId(), old.siteId()) ? change : moved(old, change.result());
        }));
    }

    /**
     * A computer's record stands in its site's partition. When it moves, the old site must hear of it: it reads no other
     * partition. The deletion there takes a revision of its own, below that of the state at the new site.
     */
    private static Change<ComputerState> moved(ComputerState old, ComputerState next) {
        ComputerState arrived = new ComputerState(
                next.id(),
                old.revision() + 2,
                next.name(),
                next.siteId(),
                next.macs(),
                next.smbiosGuid(),
                next.labels(),
                next.collections());
        return KIND.change(
                arrived,
                List.of(new ComputerDeleted(old.id(), old.revision() + 1, old.siteId()), new ComputerChanged(arrived)),
                "change",
                "moved");
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a computer")
    @APIResponse(responseCode = "204", description = "deleted")
    public void delete(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        desk.change(snapshot ->
                KIND.deleted(snapshot, id, ifMatch, (old, last) -> new ComputerDeleted(id, last, old.siteId())));
    }
}
