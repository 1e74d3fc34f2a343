package org.pxemesh.cli.packages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.hq.HqException;
import picocli.CommandLine.Option;

/** What may be said of an import beside its source; docs/packages.md explains each. */
final class ImportOptions {

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "auto, windows-pe, linux-netboot, kernel-initrd, efi-application or raw-nbp")
    private String kind = "auto";

    @Option(
            names = "--arguments",
            paramLabel = "WORDS",
            description = "for a Linux kernel, in one text: \"console=ttyS0 quiet\"")
    private @Nullable String arguments;

    @Option(names = "--kernel", paramLabel = "PATH", description = "the kernel in the source, where there are several")
    private @Nullable String kernel;

    @Option(names = "--initrd", paramLabel = "PATH", description = "its RAM disk in the source")
    private @Nullable String initrd;

    @Option(
            names = "--architecture",
            paramLabel = "ARCH",
            description = "of a Windows kit to take: amd64, x86, arm64; repeatable")
    private List<String> architectures = List.of();

    @Option(
            names = "--signed-by",
            paramLabel = "CA",
            description = "whose UEFI programs come first: ca2011, ca2023 or auto")
    private @Nullable String signedBy;

    @Option(
            names = "--delivery",
            paramLabel = "WAY",
            description = "of a Windows PE: tftp, wimboot (over HTTP) or auto")
    private @Nullable String delivery;

    @Option(names = "--kit-bcd", description = "clients get the kit's own BCD store instead of one made for each")
    private boolean kitBcd;

    @Option(
            names = "--bcd",
            paramLabel = "FILE",
            description = "clients get this BCD store; on HQ's machine with --directory and --file")
    private @Nullable String bcd;

    @Option(names = "--bios-bcd", paramLabel = "FILE", description = "the same for BIOS clients alone")
    private @Nullable String biosBcd;

    @Option(names = "--uefi-bcd", paramLabel = "FILE", description = "the same for UEFI clients alone")
    private @Nullable String uefiBcd;

    @Option(
            names = "--without",
            paramLabel = "TOOL",
            description = "a tool that may be missing from the kit, for example abortpxe.com; repeatable")
    private List<String> without = List.of();

    @Option(
            names = "--accept-secrets",
            description = "publish although boot clients can read secrets in it; the audit keeps who said so")
    private boolean acceptSecrets;

    /** Adds what was said to a request for a source on HQ's machine. */
    void addTo(ObjectNode body) {
        body.put("kind", kind);
        texts().forEach(body::put);
        words(body, "arguments", split(arguments));
        words(body, "architectures", architectures);
        words(body, "without", without);
        put(body, "biosBcd", first(biosBcd, bcd));
        put(body, "uefiBcd", first(uefiBcd, bcd));
        if (acceptSecrets) {
            body.put("acceptSecrets", true);
        }
    }

    /** What was said, as the fields of an upload. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.putAll(texts());
        put(fields, "arguments", arguments);
        put(fields, "architectures", String.join(" ", architectures));
        put(fields, "without", String.join(" ", without));
        if (acceptSecrets) {
            fields.put("acceptSecrets", "true");
        }
        return fields;
    }

    /** Files that go with an upload, by their parts' names. */
    Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        putFile(files, "biosBcd", first(biosBcd, bcd));
        putFile(files, "uefiBcd", first(uefiBcd, bcd));
        return files;
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "kernel", kernel);
        put(texts, "initrd", initrd);
        put(texts, "signedBy", signedBy);
        put(texts, "delivery", delivery);
        put(texts, "bcd", kitBcd ? "kit" : null);
        return texts;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.put(name, value);
        }
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static void putFile(Map<String, Path> files, String part, @Nullable String name) {
        if (name == null) {
            return;
        }
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new HqException("the BCD store " + file + " is not a file that can be read", 2);
        }
        files.put(part, file);
    }

    private static void words(ObjectNode body, String name, List<String> words) {
        if (!words.isEmpty()) {
            ArrayNode list = body.putArray(name);
            words.forEach(list::add);
        }
    }

    private static List<String> split(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
