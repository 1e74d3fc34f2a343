package org.pxemesh.packageservice.verify;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.pxemesh.content.PackageId;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.catalog.PackageDesk;

/** Verification of what HQ has on its disk. */
@Path("/api/v1/packages/{name}/{version}/verification")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packages")
@Blocking
public class VerificationResource {

    private final PackageDesk desk;
    private final Verifications verifications;

    VerificationResource(PackageDesk desk, Verifications verifications) {
        this.desk = desk;
        this.verifications = verifications;
    }

    @POST
    @Operation(summary = "Read every file of a version again and compare it with the signed manifest")
    @APIResponse(responseCode = "202", description = "the verification, with its place in Location")
    @APIResponse(responseCode = "404", description = "there is no such version")
    public Response begin(@RestPath String name, @RestPath String version, @Context UriInfo here) {
        PackageId id = id(name, version);
        var known = desk.find(id).orElseThrow(() -> ProblemException.notFound("package", id));
        return Response.accepted(verifications.begin(known))
                .location(here.getAbsolutePath())
                .build();
    }

    @GET
    @Operation(summary = "How the last verification of a version goes, or how it ended")
    @APIResponse(responseCode = "404", description = "it was not verified since package-service started")
    public VerificationStatus show(@RestPath String name, @RestPath String version) {
        PackageId id = id(name, version);
        return verifications
                .find(id.toString())
                .orElseThrow(() -> ProblemException.notFound("verification of package", id));
    }

    private static PackageId id(String name, String version) {
        if (!PackageId.isName(name) || !PackageId.isVersion(version)) {
            throw ProblemException.notFound("package", name + "@" + version);
        }
        return new PackageId(name, version);
    }
}
