package org.pxemesh.policyservice.policy;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Event;
import org.pxemesh.events.PolicyChanged;
import org.pxemesh.events.PolicyDeleted;
import org.pxemesh.events.PolicyDisabled;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyState;
import org.pxemesh.hq.rest.Revisions;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Answers;
import org.pxemesh.policyservice.desk.Change;
import org.pxemesh.policyservice.desk.Checks;
import org.pxemesh.policyservice.desk.Desk;
import org.pxemesh.policyservice.desk.Kind;
import org.pxemesh.policyservice.desk.Part;

/** Policies: how the peers in their collections behave. A new one is disabled until somebody enables it. */
@Path("/api/v1/policies")
@Tag(name = "policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicyResource {

    static final Kind<PolicyState> KIND = new Kind<>(
            "policy",
            PolicySnapshot::policies,
            PolicyState::id,
            PolicyState::revision,
            PolicyState::name,
            PolicyChanged::new);

    private final Desk desk;

    PolicyResource(Desk desk) {
        this.desk = desk;
    }

    @GET
    @Operation(summary = "All policies by name")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = PolicyState.class)))
    public Response list(@BeanParam Part part) {
        return Answers.page(KIND, desk.snapshot().policies().values().stream(), part);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One policy")
    @APIResponseSchema(PolicyState.class)
    public Response get(UUID id) {
        return Answers.ok(KIND, KIND.find(desk.snapshot(), id));
    }

    @POST
    @Operation(summary = "Make a policy")
    @APIResponseSchema(value = PolicyState.class, responseCode = "201")
    public Response create(@Nullable PolicyRequest request, @Context UriInfo here) {
        UUID id = UUID.randomUUID();
        return Answers.created(
                KIND,
                here,
                desk.change(snapshot -> KIND.created(Checks.body(request).judged(snapshot, id, 1, false))));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Change a policy; the body is its whole state, but for being enabled")
    @APIResponseSchema(PolicyState.class)
    public Response replace(
            UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable PolicyRequest request) {
        return Answers.ok(KIND, desk.change(snapshot -> {
            boolean enabled = KIND.find(snapshot, id).enabled();
            return KIND.replaced(
                    snapshot, id, ifMatch, revision -> Checks.body(request).judged(snapshot, id, revision, enabled));
        }));
    }

    @POST
    @Path("{id}/enable")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Enable: every peer in its collections acts on it within seconds")
    @APIResponseSchema(PolicyState.class)
    public Response enable(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return turn(id, ifMatch, true);
    }

    @POST
    @Path("{id}/disable")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Disable: no peer acts on it any more")
    @APIResponseSchema(PolicyState.class)
    public Response disable(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return turn(id, ifMatch, false);
    }

    /** The button does not depend on what else the policy says: If-Match is looked at only when it was sent. */
    private Response turn(UUID id, @Nullable String ifMatch, boolean on) {
        return Answers.ok(KIND, desk.change(snapshot -> {
            PolicyState old = KIND.find(snapshot, id);
            if (ifMatch != null) {
                Revisions.check(ifMatch, old.revision());
            }
            if (old.enabled() == on) {
                return Change.none(old);
            }
            PolicyState next = new PolicyState(
                    id,
                    old.revision() + 1,
                    old.name(),
                    on,
                    old.mode(),
                    old.collections(),
                    old.unknownComputers(),
                    old.hold(),
                    old.tftpBlockSize(),
                    old.tftpWindowSize(),
                    old.promptSeconds());
            Event event = on ? new PolicyEnabled(next) : new PolicyDisabled(next);
            return KIND.change(next, List.of(event), on ? "enable" : "disable", on ? "enabled" : "disabled");
        }));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a policy")
    @APIResponse(responseCode = "204", description = "deleted")
    public void delete(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        desk.change(snapshot -> KIND.deleted(snapshot, id, ifMatch, (old, last) -> new PolicyDeleted(id, last)));
    }
}
