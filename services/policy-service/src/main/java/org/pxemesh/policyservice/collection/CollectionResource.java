package org.pxemesh.policyservice.collection;

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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.CollectionChanged;
import org.pxemesh.events.CollectionDeleted;
import org.pxemesh.events.CollectionState;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.policy.Collected;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.desk.Answers;
import org.pxemesh.policyservice.desk.Checks;
import org.pxemesh.policyservice.desk.Desk;
import org.pxemesh.policyservice.desk.Kind;
import org.pxemesh.policyservice.desk.Part;

/** Collections: named sets of computers. The one of all computers is built in and cannot be changed. */
@Path("/api/v1/collections")
@Tag(name = "collections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CollectionResource {

    static final Kind<CollectionState> KIND = new Kind<>(
            "collection",
            CollectionResource::all,
            CollectionState::id,
            CollectionState::revision,
            CollectionState::name,
            CollectionChanged::new);

    private final Desk desk;

    CollectionResource(Desk desk) {
        this.desk = desk;
    }

    @GET
    @Operation(summary = "All collections by name, the built-in one among them")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = CollectionState.class)))
    public Response list(@BeanParam Part part) {
        return Answers.page(KIND, all(desk.snapshot()).values().stream(), part);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One collection")
    @APIResponseSchema(CollectionState.class)
    public Response get(UUID id) {
        return Answers.ok(KIND, KIND.find(desk.snapshot(), id));
    }

    @POST
    @Operation(summary = "Make a collection")
    @APIResponseSchema(value = CollectionState.class, responseCode = "201")
    public Response create(@Nullable CollectionRequest request, @Context UriInfo here) {
        UUID id = UUID.randomUUID();
        return Answers.created(
                KIND,
                here,
                desk.change(snapshot -> KIND.created(Checks.body(request).judged(snapshot, id, 1))));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Change a collection; the body is its whole state")
    @APIResponseSchema(CollectionState.class)
    public Response replace(
            UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable CollectionRequest request) {
        refuseBuiltIn(id);
        return Answers.ok(
                KIND,
                desk.change(snapshot -> KIND.replaced(
                        snapshot, id, ifMatch, revision -> Checks.body(request).judged(snapshot, id, revision))));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a collection that no policy, deployment or computer names")
    @APIResponse(responseCode = "204", description = "deleted")
    public void delete(UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        refuseBuiltIn(id);
        desk.change(snapshot -> KIND.deleted(snapshot, id, ifMatch, (old, last) -> {
            Checks.unused(KIND.said(old), users(snapshot, id));
            return new CollectionDeleted(id, last);
        }));
    }

    private static Stream<String> users(PolicySnapshot snapshot, UUID id) {
        return Stream.of(
                        snapshot.policies().values().stream()
                                .filter(policy -> policy.collections().contains(id))
                                .map(policy -> "policy " + policy.name()),
                        snapshot.deployments().values().stream()
                                .filter(deployment -> id.equals(deployment.collection()))
                                .map(deployment -> "deployment " + deployment.name()),
                        snapshot.computers().values().stream()
                                .filter(computer -> computer.collections().contains(id))
                                .map(computer -> "computer " + computer.name()))
                .flatMap(users -> users);
    }

    private static void refuseBuiltIn(UUID id) {
        if (id.equals(Collected.ALL_COMPUTERS)) {
            throw ProblemException.conflict("the collection of all computers is built in and cannot be changed");
        }
    }

    private static Map<UUID, CollectionState> all(PolicySnapshot snapshot) {
        Stream<CollectionState> builtIn =
                snapshot.collection(Collected.ALL_COMPUTERS).stream().map(Collected::state);
        return Stream.concat(builtIn, snapshot.collections().values().stream().map(Collected::state))
                .collect(Collectors.toMap(CollectionState::id, state -> state));
    }
}
