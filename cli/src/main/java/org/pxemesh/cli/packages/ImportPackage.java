package org.pxemesh.cli.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.Leaf;
import org.pxemesh.cli.Table;
import org.pxemesh.cli.hq.Answer;
import org.pxemesh.cli.hq.HqException;
import org.pxemesh.cli.hq.MultipartForm;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a directory or file of HQ's machine, or a file of this one, and waits until the package is built. */
@Command(
        name = "import",
        description =
                "Build a package from a directory or file on HQ's machine (under pxemesh.import.roots) or from a file"
                        + " on this one: a Windows kit or medium, a boot image, a Linux netboot tree, a kernel, a boot program.")
public final class ImportPackage extends Leaf {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String IMPORTS = PackageCommands.PATH + "/imports";

    /** Where the files are. */
    static final class From {
        @Option(names = "--directory", paramLabel = "DIR", description = "a directory on HQ's machine")
        private @Nullable String directory;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "a tar, tar.gz, zip, ISO, WIM or boot program on HQ's machine")
        private @Nullable String file;

        @Option(names = "--archive", paramLabel = "FILE", description = "the same on this machine")
        private @Nullable Path archive;
    }

    @Parameters(paramLabel = "NAME", description = "of the package")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private From from = new From();

    @Option(names = "--version", paramLabel = "VERSION", description = "its version (default: the time in UTC)")
    private @Nullable String version;

    @Mixin
    private ImportOptions options = new ImportOptions();

    @Option(names = "--no-wait", description = "do not wait until it is built")
    private boolean noWait;

    @Override
    protected void run() throws Exception {
        try (ProgressBar bar = new ProgressBar(err(), ProgressBar.onTerminal())) {
            Answer answer = from.archive == null ? local() : archive(from.archive, bar);
            if (answer.status() == 200) {
                bar.close();
                done(answer.body(), answer.body().path("ref").asText() + " exists already, with the same files");
                return;
            }
            String place = answer.location()
                    .orElseThrow(
                            () -> new HqException("HQ took the import but did not say where", HqException.REFUSED));
            if (noWait) {
                done(answer.body(), "import " + answer.body().path("id").asText() + " has begun");
                return;
            }
            JsonNode build = wait(place, bar);
            bar.close();
            tell(build);
        }
    }

    private Answer local() {
        ObjectNode body = new ObjectMapper().createObjectNode().put("name", name);
        if (version != null) {
            body.put("version", version);
        }
        options.addTo(body);
        ObjectNode source = body.putObject("source");
        if (from.directory != null) {
            source.put("directory", from.directory);
        } else {
            source.put("file", from.file);
        }
        return hq().post(IMPORTS, body);
    }

    private Answer archive(Path file, ProgressBar bar) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new HqException("--archive: " + file + " is not a file that can be read", 2);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.putAll(options.fields());
        if (version != null) {
            fields.put("version", version);
        }
        long size = Files.size(file);
        return hq().upload(
                        IMPORTS,
                        new MultipartForm(
                                fields, options.files(), "archive", file, sent -> bar.show("uploading", sent, size)));
    }

    private JsonNode wait(String place, ProgressBar bar) throws InterruptedException {
        while (true) {
            JsonNode build = hq().get(place).body();
            bar.show(
                    build.path("stage").asText(),
                    build.path("bytesDone").asLong(),
                    build.path("bytes").asLong());
            if (!build.path("state").asText().equals("running")) {
                return build;
            }
            Thread.sleep(PAUSE);
        }
    }

    private void tell(JsonNode build) {
        String ref = build.path("name").asText() + "@" + build.path("version").asText();
        if (build.path("state").asText().equals("failed")) {
            throw new HqException(
                    "import of " + ref + " failed: " + build.path("reason").asText(), HqException.REFUSED);
        }
        build.path("warnings").forEach(warning -> err().println("pxemesh: warning: " + warning.asText()));
        build.path("absent").forEach(file -> err().println("pxemesh: absent: " + file.asText()));
        build.path("secrets").forEach(secret -> err().println("pxemesh: secret accepted: " + secret.asText()));
        JsonNode built = hq().get(PackageCommands.place(ref)).body();
        done(
                built,
                ref + " is built: " + built.path("files").asInt() + " files, "
                        + Table.bytes(built.path("bytes").asLong()) + ", manifest "
                        + built.path("manifestSha256").asText());
    }
}
