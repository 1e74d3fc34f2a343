package org.pxemesh.packageservice.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Manifest;

/**
 * What a version's signed manifest says for people.
 *
 * @param warnings what the package cannot do, or does only with care
 * @param absent files that its kind usually has, and this one has not
 * @param files all its files
 */
public record Description(List<String> warnings, List<String> absent, List<File> files) {

    /**
     * One file.
     *
     * @param path in the package
     * @param size bytes
     * @param sha256 its digest
     * @param origin where it was found in the source, when that is not {@code path}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record File(
            String path, long size, String sha256, @Nullable String origin) {}

    static Description of(Manifest manifest) {
        return new Description(
                manifest.notes().warnings(),
                manifest.notes().absent(),
                manifest.files().stream()
                        .map(file ->
                                new File(file.path(), file.size(), file.sha256().hex(), file.origin()))
                        .toList());
    }
}
