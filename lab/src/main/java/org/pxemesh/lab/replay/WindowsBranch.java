package org.pxemesh.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.office.Office;
import org.pxemesh.lab.run.Until;

/** What an administrator does to have Windows PE booted in a branch: kits, machines, deployments, a policy. */
public final class WindowsBranch {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String ALL_COMPUTERS = "a11c0000-0000-4000-8000-000000000001";

    private final Office office;
    private final Api api;
    private final String siteId;
    private final Map<String, JsonNode> manifests = new HashMap<>();
    private String policyId = "";

    private WindowsBranch(Office office, Api api, String siteId) {
        this.office = office;
        this.api = api;
        this.siteId = siteId;
    }

    /** Makes the site known to HQ. */
    public static WindowsBranch in(Office office) {
        Api api = office.hq().api();
        JsonNode site =
                api.post("/api/v1/sites", """
                {"name": "Branch office", "kind": "BRANCH", "networks": ["%s"]}
                """.formatted(office.site().subnets().site()));
        return new WindowsBranch(office, api, site.path("id").asText());
    }

    /**
     * Imports a kit by its folder alone and waits for the package.
     *
     * @param delivery {@code auto}, {@code tftp} or {@code wimboot}
     * @return the package's manifest
     */
    public JsonNode build(String name, Path kit, String delivery, ArrayNode rows) {
        return build(name, kit, delivery, Map.of(), rows);
    }

    /**
     * The same with more words of the administrator's.
     *
     * @param more text by field of the request; {@code true} is the truth value
     */
    public JsonNode build(String name, Path kit, String delivery, Map<String, String> more, ArrayNode rows) {
        double began = office.timeline().seconds();
        office.timeline().say("Importing the kit " + kit);
        ObjectNode order = Api.json()
                .createObjectNode()
                .put("name", name)
                .put("version", "1")
                .put("kind", "auto")
                .put("delivery", delivery);
        order.putObject("source").put("directory", kit.toString());
        more.forEach((field, value) -> {
            if (value.equals("true")) {
                order.put(field, true);
            } else {
                order.put(field, value);
            }
        });
        JsonNode build = api.post("/api/v1/packages/imports", order.toString());
        JsonNode built = Until.found("package " + name + " to be built (" + build + ")", PATIENCE, () -> {
            JsonNode status =
                    api.get("/api/v1/packages/imports/" + build.path("id").asText());
            if (status.path("state").asText().equalsIgnoreCase("failed")) {
                throw new LabException("the import of " + kit + " failed: " + status);
            }
            for (JsonNode pkg : api.get("/api/v1/packages")) {
                if (pkg.path("name").asText().equals(name)) {
                    return Optional.of(pkg);
                }
            }
            return Optional.empty();
        });
        JsonNode manifest = api.get(built.path("manifestUrl").asText());
        ObjectNode row = rows.addObject()
                .put("package", name + "@1")
                .put("kit", kit.getFileName().toString())
                .put("files", built.path("files").asInt())
                .put("bytes", built.path("bytes").asLong())
                .put("seconds", Math.round((office.timeline().seconds() - began) * 10) / 10.0);
        row.set("boot", built.path("boot"));
        manifests.put(name, manifest);
        return manifest;
    }

    /** A machine that HQ knows, and a deployment for it alone. */
    public void deploy(String machine, String mac, String name, String kind) {
        JsonNode collection = api.post("/api/v1/collections", """
                {"name": "%1$s", "kind": "RULE", "rule": "bench = %1$s"}
                """.formatted(machine));
        api.post("/api/v1/computers", """
                {"name": "%1$s", "siteId": "%2$s", "macs": ["%3$s"], "labels": {"bench": "%1$s"}}
                """.formatted(machine, siteId, mac));
        api.post("/api/v1/deployments", """
                {"name": "%s for %s", "packageRef": "%s@1", "collection": "%s", "kind": "%s"}
                """.formatted(
                        name, machine, name, collection.path("id").asText(), kind));
    }

    /** One policy for all peers, enabled; waits until all of them hold what was deployed. */
    public void enable() {
        JsonNode policy = api.post("/api/v1/policies", """
                {"name": "Offices boot their neighbours", "collections": ["%s"], "tftpBlockSize": 1456,
                 "tftpWindowSize": 4}
                """.formatted(ALL_COMPUTERS));
        policyId = policy.path("id").asText();
        office.timeline().say("Pressing Enable");
        api.post("/api/v1/policies/" + policyId + "/enable", "");
        Until.isTrue("all peers to hold " + manifests.keySet(), PATIENCE, () -> {
            int held = 0;
            for (JsonNode pkg : api.get("/api/v1/distribution")) {
                held += pkg.path("holders").asInt() >= office.agents().size() ? 1 : 0;
            }
            return held >= manifests.size();
        });
        office.timeline().say("All peers hold " + manifests.keySet());
    }

    /** Changes the TFTP window that boot managers shall ask for. */
    public void window(int blocks) {
        ObjectNode policy = (ObjectNode) api.get("/api/v1/policies/" + policyId);
        api.put(
                "/api/v1/policies/" + policyId,
                policy.put("tftpWindowSize", blocks).toString(),
                policy.path("revision").asText());
        office.timeline().say("The policy's TFTP window is " + blocks + " now");
    }
}
