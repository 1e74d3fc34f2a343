package org.pxemesh.packageservice.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.PackageState;

/**
 * A package version as REST shows it.
 *
 * @param ref {@code name@version}, as deployments name it
 * @param state {@code built} or {@code retired}
 * @param manifestSha256 digest of the manifest's bytes
 * @param manifestUrl where uplinks fetch it; its signature stands beside it with {@code .sig}
 * @param keyId the key that signed record and manifest
 * @param bytes size of all files
 * @param files number of files
 * @param retiredAt when it was taken out of use; its content is served for the grace period from then on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackageVersion(
        String name,
        String version,
        String ref,
        String state,
        long revision,
        String manifestSha256,
        String manifestUrl,
        String keyId,
        long bytes,
        int files,
        BootDescriptor boot,
        Instant builtAt,
        @Nullable Instant retiredAt) {

    static PackageVersion of(PackageState pkg, @Nullable Instant retiredAt, String keyId) {
        return new PackageVersion(
                pkg.name(),
                pkg.version(),
                pkg.ref(),
                retiredAt == null ? "built" : "retired",
                pkg.revision(),
                pkg.manifestSha256(),
                pkg.manifestUrl(),
                keyId,
                pkg.bytes(),
                pkg.files(),
                pkg.boot(),
                pkg.builtAt(),
                retiredAt);
    }

    public boolean retired() {
        return state.equals("retired");
    }

    PackageState pkg(long atRevision) {
        return new PackageState(name, version, atRevision, manifestSha256, manifestUrl, bytes, files, boot, builtAt);
    }
}
