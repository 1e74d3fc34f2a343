package org.pxemesh.packageservice.catalog;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.store.ContentStore;

/** What a version's manifest says for people. */
@Path("/api/v1/packages/{name}/{version}/description")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "packages")
@Blocking
public class DescriptionResource {

    private final PackageDesk desk;
    private final ContentStore store;

    DescriptionResource(PackageDesk desk, ContentStore store) {
        this.desk = desk;
        this.store = store;
    }

    @GET
    @Operation(summary = "Warnings, absent files, and where each file came from")
    @APIResponse(responseCode = "404", description = "there is no such version, or its content was removed")
    public Description describe(@RestPath String name, @RestPath String version) throws IOException {
        String ref = name + "@" + version;
        if (!PackageId.isName(name) || !PackageId.isVersion(version)) {
            throw ProblemException.notFound("package", ref);
        }
        PackageVersion found =
                desk.find(new PackageId(name, version)).orElseThrow(() -> ProblemException.notFound("package", ref));
        try {
            return Description.of(
                    Manifest.parse(Files.readAllBytes(store.manifest(new Sha256(found.manifestSha256())))));
        } catch (NoSuchFileException e) {
            throw ProblemException.notFound("manifest on disk for package", ref);
        } catch (ManifestException e) {
            throw new IOException("the manifest of " + ref + " on the disk is damaged: " + e.getMessage(), e);
        }
    }
}
