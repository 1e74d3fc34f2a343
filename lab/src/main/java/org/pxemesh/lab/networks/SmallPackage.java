package org.pxemesh.lab.networks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Site;

/** Loaders for every firmware of the zoo and little else, deployed to whoever asks in any of the site's networks. */
final class SmallPackage {
    static final String REF = "small@1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Path> FILES = Map.of(
            "pxelinux.0", Office.INSTALLER.resolve("pxelinux.0"),
            "ldlinux.c32", Office.INSTALLER.resolve("ldlinux.c32"),
            "debian-installer/amd64/linux", Office.INSTALLER.resolve("debian-installer/amd64/linux"),
            "debian-installer/amd64/initrd.gz", Office.INSTALLER.resolve("ldlinux.c32"),
            "ipxe/snponly.efi", Path.of("/usr/lib/ipxe/snponly.efi"));

    private SmallPackage() {}

    /** What an administrator does. */
    static void enable(Hq hq, Path kits, Site site) {
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
        String networks = Arrays.stream(Net.values())
                .map(net -> '"' + net.cidr(site) + '"')
                .collect(Collectors.joining(", "));
        api.post("/api/v1/sites", "{\"name\": \"Office\", \"kind\": \"BRANCH\", \"networks\": [" + networks + "]}");
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
