package org.pxemesh.lab.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;

/**
 * Plays traces on a machine and holds each answer against the package's manifest.
 *
 * @param machine that asks
 * @param server that it was told to ask
 * @param nbp the first program, as DHCP told it
 * @param bcd the path of option 252
 * @param manifest of the package that the machine is to boot
 * @param folder where stores that were served are kept
 */
public record Replay(ReplayMachine machine, String server, String nbp, String bcd, JsonNode manifest, Path folder) {

    /** Firmware and boot managers wait for seconds; a refusal that takes longer than this is no refusal at once. */
    private static final double AT_ONCE_MILLIS = 500;

    /** Plays a trace; one row per step. */
    public void play(String trace, ArrayNode rows) {
        Map<String, JsonNode> files = new HashMap<>();
        manifest.path("files").forEach(file -> files.put(file.path("sha256").asText(), file));
        for (TraceStep step : TraceStep.of(trace)) {
            ObjectNode row = rows.addObject()
                    .put("trace", step.trace())
                    .put("step", step.step())
                    .put("name", step.name())
                    .put("action", step.action())
                    .put("options", step.options())
                    .put("expect", step.expect().name());
            String name = step.name()
                    .replace("{nbp}", nbp)
                    .replace("{bcd}", bcd)
                    .replace("{folder}", nbp.substring(0, nbp.lastIndexOf('/') + 1))
                    .replace("{root}", nbp.replaceFirst("(http://[^/]*).*", "$1"));
            JsonNode told = machine.request(server, step, name, store(step));
            String outcome = told.path("outcome").asText();
            row.put("asked", name)
                    .put("outcome", outcome)
                    .put("bytes", told.path("bytes").asLong())
                    .put("answerMillis", told.path("answerMillis").asDouble())
                    .put("seconds", told.path("seconds").asDouble());
            row.set("granted", told.path("granted"));
            String wrong = judge(step, told, row, files.get(told.path("sha256").asText()));
            row.put("ok", wrong == null);
            if (wrong != null) {
                throw new LabException(trace + " step " + step.step() + " (" + name + "): " + wrong);
            }
        }
    }

    /** Where a step's BCD store is kept; null for other files. */
    private @Nullable Path store(TraceStep step) {
        return isBcd(step) ? folder.resolve(step.trace() + "-" + step.step() + ".bcd") : null;
    }

    private static boolean isBcd(TraceStep step) {
        String name = step.name().toLowerCase(Locale.ROOT);
        return name.contains("bcd") && step.expect() == TraceStep.Expect.DATA;
    }

    private @Nullable String judge(TraceStep step, JsonNode told, ObjectNode row, @Nullable JsonNode file) {
        String outcome = told.path("outcome").asText();
        boolean refused = outcome.equals("ERROR 1") || outcome.equals("HTTP 404");
        boolean late = told.path("answerMillis").asDouble() > AT_ONCE_MILLIS;
        if (refused) {
            return step.expect() == TraceStep.Expect.DATA
                    ? "was refused"
                    : late ? "was refused only after " + told.path("answerMillis") + " ms" : null;
        }
        if (step.expect() == TraceStep.Expect.NOTFOUND) {
            return "got " + outcome + " instead of a refusal";
        }
        if (outcome.equals("PROBED")) {
            return null;
        }
        if (step.action().equals("HEAD")) {
            boolean told200 = outcome.equals("DATA") && told.path("length").asLong() > 0;
            return told200 && told.path("type").asText().equals("application/efi")
                    ? null
                    : "HEAD was answered with " + told;
        }
        if (!outcome.equals("DATA")) {
            return outcome;
        }
        return isBcd(step) ? null : known(step, row, file);
    }

    /** A file must be the package's, and for the big ones the one that the boot descriptor names. */
    private @Nullable String known(TraceStep step, ObjectNode row, @Nullable JsonNode file) {
        if (file == null) {
            return "the content is no file of the package";
        }
        String path = file.path("path").asText();
        row.put("file", path);
        String asked = step.name().toLowerCase(Locale.ROOT);
        for (JsonNode loader : manifest.path("boot").path("loaders")) {
            JsonNode windows = loader.path("windows");
            for (String[] pair : new String[][] {{"boot.wim", "bootWim"}, {"boot.sdi", "bootSdi"}}) {
                if (asked.endsWith(pair[0]) && same(windows.path(pair[1]).asText(), path)) {
                    return null;
                }
            }
        }
        return asked.endsWith("boot.wim") || asked.endsWith("boot.sdi") ? "is " + path + " instead" : null;
    }

    /** Equal files of a package may be listed under several paths; the digest does not tell them apart. */
    private boolean same(String one, String other) {
        return !one.isEmpty() && digest(one).equals(digest(other));
    }

    private String digest(String path) {
        for (JsonNode file : manifest.path("files")) {
            if (file.path("path").asText().equals(path)) {
                return file.path("sha256").asText();
            }
        }
        return "no file " + path;
    }
}
