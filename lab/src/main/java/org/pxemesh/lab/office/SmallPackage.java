package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.Until;

/** Loaders for every firmware of the zoo and little else, deployed to whoever asks in a site's networks. */
public final class SmallPackage {
    /** Name and version. */
    public static final String REF = "small@1";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Path> FILES = Map.of(
            "pxelinux.0", Office.INSTALLER.resolve("pxelinux.0"),
            "ldlinux.c32", Office.INSTALLER.resolve("ldlinux.c32"),
            "debian-installer/amd64/linux", Office.INSTALLER.resolve("debian-installer/amd64/linux"),
            "debian-installer/amd64/initrd.gz", Office.INSTALLER.resolve("ldlinux.c32"),
            "ipxe/snponly.efi", Path.of("/usr/lib/ipxe/snponly.efi"));

    private SmallPackage() {}

    /**
     * What an administrator does.
     *
     * @param kits a folder that HQ imports from
     * @param networks of the site, as CIDR
     */
    public static void enable(Hq hq, Path kits, List<String> networks) {
        Path tree = kits.resolve("small");
        try {
            for (Map.Entry<String, Path> file : FILES.entrySet()) {
                Path to = tree.resolve(file.getKey());
                Files.createDirectories(to.getParent());
                Files.copy(file.getValue(), to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the package's tree cannot be made; the packages of lab/debian-packages.txt bring its files", e);
        }
        Api api = hq.api();
        String quoted = networks.stream().map(net -> '"' + net + '"').collect(Collectors.joining(", "));
        api.post("/api/v1/sites", "{\"name\": \"Office\", \"kind\": \"BRANCH\", \"networks\": [" + quoted + "]}");
        JsonNode build = api.post("/api/v1/packages/imports", """
                {"name": "small", "version": "1", "kind": "linux-netboot", "source": {"directory": "%s"}}
                """.formatted(tree));
        Until.isTrue(
                "the package to be built (" + build + ")",
                PATIENCE,
                () -> api.get("/api/v1/packages").toString().contains("small"));
        api.post("/api/v1/deployments", """
                {"name": "Small for bare machines", "packageRef": "small@1", "unknownComputers": true,
                 "kind": "REQUIRED"}
                """);
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "Offices boot their neighbours", "collections": ["%s"], "unknownComputers": "BOOT"}
                """.formatted(Office.ALL_COMPUTERS));
        api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
    }
}
