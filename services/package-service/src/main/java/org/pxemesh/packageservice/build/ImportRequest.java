package org.pxemesh.packageservice.build;

import org.jspecify.annotations.Nullable;

/**
 * What is to be imported.
 *
 * @param name of the package: 1 to 64 of {@code a-z 0-9 . _ -}
 * @param version when missing, the time of the import in UTC
 * @param kind {@code auto} (when missing) or {@code linux-netboot}
 * @param source where the files are; an upload has none
 */
public record ImportRequest(
        @Nullable String name,
        @Nullable String version,
        @Nullable String kind,
        @Nullable Source source) {

    /**
     * A place on HQ's machine.
     *
     * @param directory absolute path, under one of {@code pxemesh.import.roots}
     */
    public record Source(@Nullable String directory) {}
}
