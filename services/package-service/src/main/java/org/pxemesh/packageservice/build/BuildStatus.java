package org.pxemesh.packageservice.build;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.PackageNotes;

/**
 * A build as its asker sees it.
 *
 * @param state {@code running}, {@code built} or {@code failed}
 * @param stage what it does now, or did last
 * @param files in all; 0 while it is not known
 * @param bytes in all; 0 while it is not known
 * @param reason why it failed
 * @param manifestSha256 of the package that it made
 * @param warnings what the package cannot do
 * @param absent files that its kind usually has, and this one has not
 * @param secrets what boot clients can read of it, and the administrator accepted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BuildStatus(
        UUID id,
        String name,
        String version,
        String state,
        String stage,
        int filesDone,
        int files,
        long bytesDone,
        long bytes,
        @Nullable String reason,
        @Nullable String manifestSha256,
        List<String> warnings,
        List<String> absent,
        List<String> secrets) {

    public static final String RUNNING = "running";
    public static final String BUILT = "built";
    public static final String FAILED = "failed";

    static BuildStatus queued(UUID id, PackageId pkg) {
        return new BuildStatus(
                id,
                pkg.name(),
                pkg.version(),
                RUNNING,
                Stage.QUEUED.word(),
                0,
                0,
                0,
                0,
                null,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    BuildStatus at(Progress p) {
        return new BuildStatus(
                id,
                name,
                version,
                RUNNING,
                p.stage().word(),
                p.filesDone(),
                p.files(),
                p.bytesDone(),
                p.bytes(),
                null,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    BuildStatus built(String manifest, PackageNotes notes, List<String> accepted) {
        return new BuildStatus(
                id,
                name,
                version,
                BUILT,
                Stage.DONE.word(),
                files,
                files,
                bytes,
                bytes,
                null,
                manifest,
                notes.warnings(),
                notes.absent(),
                accepted);
    }

    BuildStatus failed(String why) {
        return new BuildStatus(
                id, name, version, FAILED, stage, filesDone, files, bytesDone, bytes, why, null, List.of(), List.of(),
                List.of());
    }

    public boolean running() {
        return state.equals(RUNNING);
    }

    PackageId packageId() {
        return new PackageId(name, version);
    }
}
