package org.pxemesh.policyservice.deployment;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentDeleted;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Answers;
import org.pxemesh.policyservice.desk.Checks;
import org.pxemesh.policyservice.desk.Desk;
import org.pxemesh.policyservice.desk.Kind;
import org.pxemesh.policyservice.desk.Part;

/** Deployments: which package some computers boot, and how. */
@Path("/api/v1/deployments")
@Tag(name = "deployments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DeploymentResource {

    static final Kind<DeploymentState> KIND = new Kind<>(
            "deployment",
            PolicySnapshot::deployments,
            DeploymentState::id,
            DeploymentState::revision,
            DeploymentState::name,
            DeploymentChanged::new);

    private final Desk desk;

    DeploymentResource(Desk desk) {
        this.desk = desk;
    }

    @GET
    @Operation(summary = "All deployments by name")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = DeploymentState.class)))
    public Response list(@BeanParam Part part) {
        return Answers.page(KIND, desk.snapshot().deployments().values().stream(), part);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One deployment")
    @APIResponseSchema(DeploymentState.class)
    public Response get(UUID id) {
        return Answers.ok(KIND, KIND.find(desk.snapshot(), id));
    }

    @POST
    @Operation(summary = "Make a deployment")
    @APIResponseSchema(value = DeploymentState.class, responseCode = "201")
    public Response create(@Nullable DeploymentRequest request, @Context UriInfo here) {
        UUID id = UUID.randomUUID();
        return Answers.created(
                KIND,
                here,
                desk.change(snapshot -> KIND.created(Checks.body(request).judged(snapshot, id, 1))));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Change a deployment; the body is its whole state")
    @APIResponseSchema(DeploymentState.class)
    public Response replace(
            UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable DeploymentRequest request) {
        return Answers.ok(
                KIND,
                desk.change(snapshot -> KIND.replaced(
                        snapshot, id, ifMatch, revision -> Checks.body(request).judged(snapshot, id, revision))));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a deployment")
    @APIResponse(responseCode = "204", description = "deleted")
    public void delete(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        desk.change(snapshot -> KIND.deleted(snapshot, id, ifMatch, (old, last) -> new DeploymentDeleted(id, last)));
    }
}
