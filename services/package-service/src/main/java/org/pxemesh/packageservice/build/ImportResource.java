package org.pxemesh.packageservice.build;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.catalog.Actor;
import org.pxemesh.packageservice.catalog.PackageDesk;
import org.pxemesh.packageservice.catalog.PackageVersion;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.PackageSource;

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
    @Operation(summary = "Import a directory of HQ's machine")
    @APIResponse(responseCode = "202", description = "the build, with its place in Location")
    @APIResponse(responseCode = "200", description = "this version exists and has the same files")
    @APIResponse(responseCode = "409", description = "this version exists with other files, or is being built")
    public Response directory(@Nullable ImportRequest request, @Context HttpServerRequest http, @Context UriInfo here) {
        ImportChecks.Directory order = checks.directory(request);
        return start(order.id(), order.source(), http, here, () -> {});
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Import an uploaded archive: parts name, version, kind and archive (tar, tar.gz or zip)")
    @APIResponse(responseCode = "202", description = "the build, with its place in Location")
    @APIResponse(responseCode = "200", description = "this version exists and has the same files")
    @APIResponse(responseCode = "409", description = "this version exists with other files, or is being built")
    public Response upload(
            @RestForm @Nullable String name,
            @RestForm @Nullable String version,
            @RestForm @Nullable String kind,
            @RestForm("archive") @Nullable FileUpload archive,
            @Context HttpServerRequest http,
            @Context UriInfo here)
            throws IOException {
        ImportChecks.Upload order = checks.upload(name, version, kind, archive);
        boolean handedOver = false;
        try {
            Response response = start(order.id(), order.source(), http, here, () -> delete(order.file()));
            handedOver = response.getStatus() == Response.Status.ACCEPTED.getStatusCode();
            return response;
        } finally {
            if (!handedOver) {
                delete(order.file());
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
    private Response start(PackageId id, PackageSource source, HttpServerRequest http, UriInfo here, Runnable atEnd) {
        var existing = desk.find(id);
        if (existing.isPresent()) {
            PackageVersion version = existing.get();
            PackageDesk.requireSame(version, digest(id, source));
            return Response.ok(version)
                    .location(here.getBaseUriBuilder()
                            .path("api/v1/packages/{name}/{version}")
                            .build(id.name(), id.version()))
                    .build();
        }
        String actor = Actor.of(http);
        BuildStatus status = builds.submit(new ImportOrder(UUID.randomUUID(), id, source, actor), atEnd);
        return Response.accepted(status)
                .location(here.getAbsolutePathBuilder()
                        .path(status.id().toString())
                        .build())
                .build();
    }

    private String digest(PackageId id, PackageSource source) {
        try {
            return builds.digest(id, source);
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
