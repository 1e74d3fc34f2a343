package org.pxemesh.packageservice.catalog;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.hq.rest.Revisions;
import org.pxemesh.packageservice.store.ContentStore;

/** Package versions. */
@Path("/api/v1/packages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packages")
@Blocking
public class PackageResource {

    private static final int MAX_LIMIT = 10_000;

    private final PackageDesk desk;
    private final ContentStore store;

    PackageResource(PackageDesk desk, ContentStore store) {
        this.desk = desk;
        this.store = store;
    }

    @GET
    @Operation(summary = "Package versions by name; X-Total-Count says how many there are")
    public Response list(
            @QueryParam("offset") @DefaultValue("0") int offset, @QueryParam("limit") @DefaultValue("100") int limit) {
        if (offset < 0) {
            throw ProblemException.invalid("offset", "must be 0 or more");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
        List<PackageVersion> all = desk.all();
        int from = Math.min(offset, all.size());
        List<PackageVersion> part = all.subList(from, Math.min(all.size(), from + limit));
        return Response.ok(part).header("X-Total-Count", all.size()).build();
    }

    @GET
    @Path("/{name}/{version}")
    @Operation(summary = "One version, its revision as ETag")
    @APIResponse(responseCode = "404", description = "there is no such version")
    public Response show(@RestPath String name, @RestPath String version) {
        return answer(find(name, version));
    }

    @GET
    @Path("/{name}/{version}/manifest")
    @Operation(summary = "The signed manifest: every file with its chunks")
    @APIResponse(responseCode = "404", description = "there is no such version")
    public Response manifest(@RestPath String name, @RestPath String version) throws IOException {
        PackageVersion found = find(name, version);
        var file = store.manifest(new Sha256(found.manifestSha256()));
        if (!Files.isReadable(file)) {
            throw ProblemException.notFound(
                    "manifest on disk for package",
                    found.ref()
                            + (found.retired()
                                    ? ": the version is retired and its content was removed"
                                    : ": is pxemesh.content.dir the one it was built with?"));
        }
        return Response.ok(Files.readAllBytes(file))
                .header("ETag", "\"" + found.manifestSha256() + "\"")
                .build();
    }

    @POST
    @Path("/{name}/{version}/retire")
    @Operation(summary = "Take a version out of use for good; running boots end undisturbed")
    @APIResponse(responseCode = "412", description = "If-Match is not the revision")
    @APIResponse(responseCode = "428", description = "If-Match was not sent")
    public Response retire(
            @RestPath String name,
            @RestPath String version,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Context HttpServerRequest request) {
        return answer(desk.retire(id(name, version), ifMatch, Actor.of(request)));
    }

    private PackageVersion find(String name, String version) {
        PackageId id = id(name, version);
        return desk.find(id).orElseThrow(() -> ProblemException.notFound("package", id));
    }

    private static Response answer(PackageVersion version) {
        return Response.ok(version).tag(Revisions.tag(version.revision())).build();
    }

    private static PackageId id(String name, String version) {
        if (!PackageId.isName(name) || !PackageId.isVersion(version)) {
            throw ProblemException.notFound("package", name + "@" + version);
        }
        return new PackageId(name, version);
    }
}
