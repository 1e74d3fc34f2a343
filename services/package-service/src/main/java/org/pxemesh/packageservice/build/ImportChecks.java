package org.pxemesh.packageservice.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.source.ArchiveSource;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.ImportRoots;
import org.pxemesh.packageservice.source.PackageSource;

/** Judges a request to import and gathers all that is wrong with it. */
@ApplicationScoped
class ImportChecks {

    private static final Set<String> KINDS = Set.of("auto", "linux-netboot");

    /** {@code /api/v1/packages/imports/...} are the imports themselves. */
    private static final String RESERVED_NAME = "imports";

    private static final DateTimeFormatter DEFAULT_VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A directory that may be imported. */
    record Directory(PackageId id, PackageSource source) {}

    /**
     * An archive that may be imported.
     *
     * @param file the upload, kept until the build has ended
     */
    record Upload(PackageId id, PackageSource source, Path file) {}

    private final ImportRoots roots;
    private final ImportConfig limits;
    private final InstantSource clock;

    ImportChecks(ImportRoots roots, ImportConfig limits, InstantSource clock) {
        this.roots = roots;
        this.limits = limits;
        this.clock = clock;
    }

    Directory directory(@Nullable ImportRequest request) {
        if (request == null) {
            throw new ProblemException(Problem.of(400, "invalid request", "the body is missing", null));
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        String version = versionOf(request.version());
        head(request.name(), version, request.kind(), errors);
        String directory = request.source() == null ? null : request.source().directory();
        if (directory == null || directory.isBlank()) {
            errors.add(new Problem.FieldError(
                    "source.directory", "is missing: name a directory on HQ's machine, or upload an archive as form"));
        }
        refuse(errors);
        try {
            return new Directory(
                    new PackageId(String.valueOf(request.name()), version), roots.open(String.valueOf(directory)));
        } catch (ImportException e) {
            throw ProblemException.invalid("source.directory", String.valueOf(e.getMessage()));
        }
    }

    Upload upload(@Nullable String name, @Nullable String version, @Nullable String kind, @Nullable FileUpload archive)
            throws IOException {
        List<Problem.FieldError> errors = new ArrayList<>();
        String checked = versionOf(version);
        head(name, checked, kind, errors);
        if (archive == null) {
            errors.add(new Problem.FieldError("archive", "is missing: send a tar, tar.gz or zip as a file part"));
        }
        refuse(errors);
        // The server deletes its upload when the request ends, and the build begins after that.
        Path arrived = Objects.requireNonNull(archive).uploadedFile();
        Path kept = arrived.resolveSibling("import-" + UUID.randomUUID());
        Files.move(arrived, kept);
        try {
            return new Upload(
                    new PackageId(String.valueOf(name), checked), ArchiveSource.open(kept, limits.maxFiles()), kept);
        } catch (ImportException e) {
            Files.deleteIfExists(kept);
            throw ProblemException.invalid("archive", String.valueOf(e.getMessage()));
        }
    }

    private String versionOf(@Nullable String sent) {
        return sent == null || sent.isBlank() ? DEFAULT_VERSION.format(clock.instant()) : sent;
    }

    private static void head(
            @Nullable String name, String version, @Nullable String kind, List<Problem.FieldError> errors) {
        if (name == null || !PackageId.isName(name)) {
            errors.add(new Problem.FieldError(
                    "name", "must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit"));
        } else if (name.equals(RESERVED_NAME)) {
            errors.add(new Problem.FieldError("name", "\"" + RESERVED_NAME + "\" cannot be a package's name"));
        }
        if (!PackageId.isVersion(version)) {
            errors.add(new Problem.FieldError(
                    "version", "must be 1 to 64 of A-Z a-z 0-9 . _ + ~ - and begin with a letter or digit"));
        }
        if (kind != null && !KINDS.contains(kind)) {
            errors.add(new Problem.FieldError("kind", "must be auto or linux-netboot"));
        }
    }

    private static void refuse(List<Problem.FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }
}
