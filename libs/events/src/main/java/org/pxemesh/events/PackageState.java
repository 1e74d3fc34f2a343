package org.pxemesh.events;

import java.time.Instant;

/**
 * A version of a boot package; immutable but for its retirement.
 *
 * @param name of the package
 * @param version of this build
 * @param revision 1 when built, 2 when retired
 * @param manifestSha256 digest of the manifest's bytes, lower-case hex
 * @param manifestUrl where an uplink fetches the manifest; files stand beside it
 * @param bytes size of all files
 * @param files number of files
 * @param boot how it boots
 * @param builtAt when the build ended
 */
public record PackageState(
        String name,
        String version,
        long revision,
        String manifestSha256,
        String manifestUrl,
        long bytes,
        int files,
        BootDescriptor boot,
        Instant builtAt) {

    /** How deployments name this version: {@code name@version}. */
    public String ref() {
        return name + "@" + version;
    }
}
