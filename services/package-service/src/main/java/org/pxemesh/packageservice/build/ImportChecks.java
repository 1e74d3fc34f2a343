package org.pxemesh.packageservice.build;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.PackageId;
import org.pxemesh.hq.rest.Problem;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.source.ArchiveSource;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.ImportRoots;
import org.pxemesh.packageservice.source.PackageSource;
import org.pxemesh.packageservice.tool.Tools;

/** Judges a request to import and gathers all that is wrong with it. */
@ApplicationScoped
class ImportChecks {

    /** {@code /api/v1/packages/imports/...} are the imports themselves. */
    private static final String RESERVED_NAME = "imports";

    private static final DateTimeFormatter DEFAULT_VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private static final int MAX_BCD = 4 << 20;

    /**
     * What may be imported.
     *
     * @param upload kept until the build has ended; null for a source on HQ's machine
     */
    record Checked(
            PackageId id,
            PackageSource source,
            ImportOptions options,
            boolean acceptSecrets,
            @Nullable Path upload) {}

    private final ImportRoots roots;
    private final ImportConfig limits;
    private final Tools tools;
    private final InstantSource clock;

    ImportChecks(ImportRoots roots, ImportConfig limits, Tools tools, InstantSource clock) {
        this.roots = roots;
        this.limits = limits;
        this.tools = tools;
        this.clock = clock;
    }

    /** A source on HQ's machine. */
    Checked local(@Nullable ImportRequest request) {
        if (request == null) {
            throw new ProblemException(Problem.of(400, "invalid request", "the body is missing", null));
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        String version = versionOf(request.version());
        head(request.name(), version, errors);
        ImportOptions options = new OptionChecks(errors)
                .options(request, bcd("biosBcd", request.biosBcd(), errors), bcd("uefiBcd", request.uefiBcd(), errors));
        String directory = request.source() == null ? null : request.source().directory();
        String file = request.source() == null ? null : request.source().file();
        boolean isFile = file != null && !file.isBlank();
        boolean isDirectory = directory != null && !directory.isBlank();
        if (isFile == isDirectory) {
            errors.add(new Problem.FieldError(
                    "source.directory",
                    isFile
                            ? "and source.file are both there: name one"
                            : "is missing: name a directory or a file on HQ's machine, or upload an archive as form"));
        }
        refuse(errors);
        try {
            PackageSource source = isFile
                    ? roots.openFile(String.valueOf(file), tools.sevenZip())
                    : roots.open(String.valueOf(directory));
            return new Checked(
                    new PackageId(String.valueOf(request.name()), version),
                    source,
                    options,
                    Boolean.TRUE.equals(request.acceptSecrets()),
                    null);
        } catch (ImportException e) {
            throw ProblemException.invalid(isFile ? "source.file" : "source.directory", String.valueOf(e.getMessage()));
        }
    }

    Checked upload(ImportForm form) throws IOException {
        ImportRequest request = form.request();
        List<Problem.FieldError> errors = new ArrayList<>();
        String version = versionOf(request.version());
        head(request.name(), version, errors);
        ImportOptions options = new OptionChecks(errors)
                .options(request, bcd("biosBcd", form.biosBcd, errors), bcd("uefiBcd", form.uefiBcd, errors));
        if (form.archive == null) {
            errors.add(new Problem.FieldError(
                    "archive", "is missing: send a tar, tar.gz, zip, ISO, WIM or boot program as a file part"));
        }
        refuse(errors);
        FileUpload archive = Objects.requireNonNull(form.archive);
        // The server deletes its upload when the request ends, and the build begins after that.
        Path arrived = archive.uploadedFile();
        Path kept = arrived.resolveSibling("import-" + UUID.randomUUID());
        Files.move(arrived, kept);
        try {
            return new Checked(
                    new PackageId(String.valueOf(request.name()), version),
                    ArchiveSource.open(kept, nameOf(archive), limits.maxFiles(), tools.sevenZip()),
                    options,
                    Boolean.TRUE.equals(request.acceptSecrets()),
                    kept);
        } catch (ImportException e) {
            Files.deleteIfExists(kept);
            throw ProblemException.invalid("archive", String.valueOf(e.getMessage()));
        }
    }

    /** Browsers of old sent whole paths. */
    private static String nameOf(FileUpload archive) {
        String name = archive.fileName() == null ? "" : archive.fileName().replace('\\', '/');
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.isBlank() ? "upload" : last;
    }

    private byte @Nullable [] bcd(String field, @Nullable String path, List<Problem.FieldError> errors) {
        if (path == null || path.isBlank()) {
            return null;
        }
        try {
            return bounded(field, roots.file(path), errors);
        } catch (ImportException | IOException e) {
            errors.add(new Problem.FieldError(field, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static byte @Nullable [] bcd(String field, @Nullable FileUpload upload, List<Problem.FieldError> errors)
            throws IOException {
        return upload == null ? null : bounded(field, upload.uploadedFile(), errors);
    }

    private static byte @Nullable [] bounded(String field, Path file, List<Problem.FieldError> errors)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BCD + 1);
            if (bytes.length > MAX_BCD) {
                errors.add(new Problem.FieldError(field, "has more than " + MAX_BCD + " bytes, so it is no BCD store"));
                return null;
            }
            return bytes;
        }
    }

    private String versionOf(@Nullable String sent) {
        return sent == null || sent.isBlank() ? DEFAULT_VERSION.format(clock.instant()) : sent;
    }

    private static void head(@Nullable String name, String version, List<Problem.FieldError> errors) {
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
    }

    private static void refuse(List<Problem.FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalid(errors));
        }
    }
}
