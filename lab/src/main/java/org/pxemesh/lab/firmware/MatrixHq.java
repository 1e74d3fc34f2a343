package org.pxemesh.lab.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Subnets;

/** One HQ for all rows: each row is a site of its own with one computer, one deployment and one peer. */
final class MatrixHq {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";

    private final Hq hq;
    private final Api api;
    private final Path kits;
    private final Map<Kit, JsonNode> packages = new HashMap<>();

    private MatrixHq(Hq hq, Path kits) {
        this.hq = hq;
        this.api = hq.api();
        this.kits = kits;
    }

    /** Starts HQ at an address of its own; no iPXE is at hand but those in the kits. */
    static MatrixHq start(String runId, Subnets subnets, Path folder, Traces traces) {
        // Both ends stay up for as long as the run: sites come and go.
        Namespace wan = Namespace.make("pxm-" + runId + "-hq", traces);
        String link = "pxm-" + runId + "-h";
        traces.link(link);
        Shell.run("ip", "link", "add", link, "type", "veth", "peer", "name", "wan0", "netns", wan.name());
        Shell.run("ip", "address", "add", subnets.hq() + "/30", "dev", link);
        Shell.run("ip", "link", "set", link, "up");
        wan.ip("link", "set", "wan0", "up");
        Path kits = folder.resolve("kits");
        Hq hq = Hq.start(
                new Hq.Settings(
                        HqPorts.free(),
                        folder.resolve("hq"),
                        folder,
                        subnets.hq(),
                        List.of(kits),
                        Map.of("PXEMESH_IMPORT_IPXE", folder.resolve("no-ipxe").toString())),
                traces);
        MatrixHq made = new MatrixHq(hq, kits);
        JsonNode policy = made.api.post("/api/v1/policies", """
                {"name": "Every machine boots its neighbours", "collections": ["%s"]}
                """.formatted(ALL_COMPUTERS));
        made.api.post("/api/v1/policies/" + policy.path("id").asText() + "/enable", "");
        return made;
    }

    Hq hq() {
        return hq;
    }

    /** Imports a kit, once. */
    JsonNode built(Kit kit) {
        return packages.computeIfAbsent(kit, this::build);
    }

    private JsonNode build(Kit kit) {
        JsonNode build =
                api.post("/api/v1/packages/imports", """
                {"name": "%s", "version": "1", "kind": "%s", "source": {"directory": "%s"}}
                """.formatted(kit.packageName(), kit.kind(), kit.write(kits)));
        String import_ = "/api/v1/packages/imports/" + build.path("id").asText();
        Until.found("package " + kit.packageName() + " to be built", PATIENCE, () -> {
            if (api.get(import_).path("state").asText().equalsIgnoreCase("failed")) {
                throw new LabException("the import of " + kit.packageName() + " failed: " + api.get(import_));
            }
            for (JsonNode pkg : api.get("/api/v1/packages")) {
                if (pkg.path("name").asText().equals(kit.packageName())) {
                    return Optional.of(pkg);
                }
            }
            return Optional.<JsonNode>empty();
        });
        return api.get(import_);
    }

    /** What an administrator does for one machine in one site. */
    void deploy(Row row, List<String> networks, String mac) {
        String site = api.post("/api/v1/sites", """
                {"name": "%s", "kind": "BRANCH", "networks": ["%s"]}
                """.formatted(row.name(), String.join("\", \"", networks)))
                .path("id")
                .asText();
        String collection = api.post("/api/v1/collections", """
                {"name": "%1$s", "kind": "RULE", "rule": "row = %1$s"}
                """.formatted(row.name()))
                .path("id")
                .asText();
        api.post("/api/v1/computers", """
                {"name": "%1$s", "siteId": "%2$s", "macs": ["%3$s"], "labels": {"row": "%1$s"}}
                """.formatted(row.name(), site, mac));
        String arguments = row.kit().isProgramAlone()
                ? ""
                : ", \"arguments\": [\"console=%s\"]".formatted(row.board().console());
        api.post("/api/v1/deployments", """
                {"name": "%1$s", "packageRef": "%2$s@1", "collection": "%3$s", "kind": %5$s%4$s}
                """.formatted(
                        row.name(),
                        row.kit().packageName(),
                        collection,
                        arguments,
                        row.asks() ? "\"AVAILABLE\", \"pxeMenu\": true" : "\"REQUIRED\""));
    }
}
