package org.pxemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a machine boots what it boots, or does not. */
@Command(name = "explain", description = "Why a machine boots what it boots, or does not.")
final class Explain extends Leaf {

    @Parameters(paramLabel = "MAC", description = "of the machine")
    private String mac = "";

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            defaultValue = "bios",
            description = "bios, x64-uefi, aa64-uefi, ... or a code of DHCP option 93 (default bios)")
    private String arch = "";

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "name or id of the site where it asks (default: its home)")
    private @Nullable String site;

    @Option(names = "--guid", paramLabel = "GUID", description = "its SMBIOS GUID")
    private @Nullable String guid;

    @Override
    protected void run() {
        Map<String, @Nullable Object> query = new HashMap<>();
        query.put("mac", mac);
        query.put("arch", arch);
        query.put("site", site);
        query.put("guid", guid);
        JsonNode answer = hq().get("/api/v1/explain", query).body();
        if (root().json()) {
            out().println(answer.toPrettyString());
            return;
        }
        JsonNode plan = answer.path("plan");
        out().println(
                        answer.path("boots").asBoolean()
                                ? mac + " boots " + plan.path("packageRef").asText() + " by "
                                        + plan.path("nbp").asText()
                                        + asking(plan)
                                : mac + " gets no answer");
        answer.path("details").forEach(detail -> out().println("  because " + detail.asText()));
        out().println("computer     " + name(answer.path("computer"), "unknown to HQ"));
        out().println("site         " + name(answer.path("site"), "not known"));
        answer.path("policies").forEach(policy -> out().println("policy       " + name(policy, "-")));
        if (answer.path("hold").isObject()) {
            out().println("held by      " + answer.path("hold").path("words").asText());
        }
        answer.path("deployments")
                .forEach(deployment -> out().println("deployment   " + name(deployment, "-") + " ("
                        + deployment.path("kind").asText() + " " + Table.text(deployment.path("packageRef")) + ")"));
        answer.path("assumptions").forEach(assumed -> out().println("assumed      " + assumed.asText()));
    }

    private static String asking(JsonNode plan) {
        return !plan.path("prompt").asBoolean()
                ? ""
                : plan.path("askedBy").asText().equals("PXE_MENU")
                        ? ", after its firmware has asked by a PXE menu (by UEFI HTTP Boot it gets no answer)"
                        : ", after asking";
    }

    private static String name(JsonNode named, String otherwise) {
        return named.isObject() ? named.path("name").asText() : otherwise;
    }
}
