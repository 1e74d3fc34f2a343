package org.pxemesh.packageservice.build;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.catalog.Actor;
import org.pxemesh.packageservice.catalog.PackageDesk;
import org.pxemesh.packageservice.catalog.PackageVersion;
import org.pxemesh.packageservice.source.ImportException;

/** Imports: a source is judged at once, and built behind the answer. */
@Path("/api/v1/packages/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "imports")
@Blocking
public class ImportResource {

    private static final Logger LOG = Logger.getLogger(ImportResource.class);

    private final ImportChecks checks;
    private final Builds builds;
    private final PackageDesk desk;

    ImportResource(ImportChecks checks, Builds builds, PackageDesk desk) {
        this.checks = checks;
        this.builds = builds;
        this.desk = desk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Import a directory or a file of HQ's machine")
    @APIResponse(responseCode = "202", description = "the build, with its place in Location")
    @APIResponse(responseCode = "200", description = "this version exists and has the same files")
    @APIResponse(responseCode = "409", description = "this version exists with other files, or is being built")
    public Response directory(@Nullable ImportRequest request, @Context HttpServerRequest http, @Context UriInfo here) {
        return start(checks.local(request), http, here, () -> {});
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary =
                    "Import an upload: the part archive (tar, tar.gz, zip, ISO, WIM or a boot program), and ImportRequest's members")
    @APIResponse(responseCode = "202", description = "the build, with its place in Location")
    @APIResponse(responseCode = "200", description = "this version exists and has the same files")
    @APIResponse(responseCode = "409", description = "this version exists with other files, or is being built")
    public Response upload(@BeanParam ImportForm form, @Context HttpServerRequest http, @Context UriInfo here)
            throws IOException {
        ImportChecks.Checked order = checks.upload(form);
        java.nio.file.Path kept = Objects.requireNonNull(order.upload());
        boolean handedOver = false;
        try {
            Response response = start(order, http, here, () -> delete(kept));
            handedOver = response.getStatus() == Response.Status.ACCEPTED.getStatusCode();
            return response;
        } finally {
            if (!handedOver) {
                delete(kept);
            }
        }
    }

    @GET
    @Operation(summary = "The imports of this process, the newest first")
    public List<BuildStatus> list() {
        return builds.all();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How an import goes, or how it ended")
    public BuildStatus show(@RestPath UUID id) {
        return builds.find(id).orElseThrow(() -> ProblemException.notFound("import", id));
    }

    /** An existing version is compared at once, so that the asker gets a plain yes or no instead of a build. */
    private Response start(ImportChecks.Checked checked, HttpServerRequest http, UriInfo here, Runnable atEnd) {
        PackageId id = checked.id();
        ImportOrder order = new ImportOrder(
                UUID.randomUUID(), id, checked.source(), checked.options(), checked.acceptSecrets(), Actor.of(http));
        var existing = desk.find(id);
        if (existing.isPresent()) {
            PackageVersion version = existing.get();
            PackageDesk.requireSame(version, digest(order));
            return Response.ok(version)
                    .location(here.getBaseUriBuilder()
                            .path("api/v1/packages/{name}/{version}")
                            .build(id.name(), id.version()))
                    .build();
        }
        BuildStatus status = builds.submit(order, atEnd);
        return Response.accepted(status)
                .location(here.getAbsolutePathBuilder()
                        .path(status.id().toString())
                        .build())
                .build();
    }

    private String digest(ImportOrder order) {
        try {
            return builds.digest(order);
        } catch (ImportException e) {
            throw ProblemException.invalid("source", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw ProblemException.invalid("source", "could not be read to its end: " + e);
        }
    }

    private static void delete(java.nio.file.Path upload) {
        try {
            Files.deleteIfExists(upload);
        } catch (IOException e) {
            LOG.warnf("upload=not-deleted file=%s cause=\"%s\"", upload, e);
        }
    }
}
