package org.pxemesh.lab.firmware;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.office.Run;
import org.pxemesh.lab.office.Timeline;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.Subnets;

/** Plays rows one after the other under one HQ; a row that fails does not end the run. */
final class FirmwareMatrix {
    private static final int FIRST_SITE = 99;

    private FirmwareMatrix() {}

    /** @param folder under {@code .pxemesh}, where the logs, consoles and captures stay */
    static ObjectNode run(String folder, List<Row> rows) throws InterruptedException {
        ObjectNode result = Run.playAnywhere(folder, (runId, path, traces, timeline, figures) -> {
            MatrixHq hq = MatrixHq.start(runId, Subnets.free(), path, traces);
            timeline.say("HQ is ready; its console is " + hq.hq().console());
            timeline.follow(hq.hq().console());
            ArrayNode played = figures.putArray("rows");
            int from = FIRST_SITE;
            for (int n = 0; n < rows.size(); n++) {
                // Never one network twice: HQ knows the sites of rows that are over.
                Subnets subnets = Subnets.freeFrom(from);
                from = subnets.second() + 1;
                play(rows.get(n), n, subnets, hq, runId, path, timeline, played.addObject());
            }
        });
        boolean all = result.path("ok").asBoolean();
        for (var row : result.path("rows")) {
            all &= row.path("ok").asBoolean() || row.has("skipped");
        }
        return result.put("ok", all);
    }

    private static void play(
            Row row,
            int n,
            Subnets subnets,
            MatrixHq hq,
            String runId,
            Path folder,
            Timeline timeline,
            ObjectNode result) {
        String mac = String.format(Locale.ROOT, "52:54:00:12:35:%02x", n + 1);
        result.put("row", row.name())
                .put("ok", false)
                .put("about", row.about())
                .put("mac", mac)
                .put("firmware", row.board().about())
                .put("dhcp", row.dhcp().name().toLowerCase(Locale.ROOT))
                .put("relay", row.relay().label())
                .put("host", row.host())
                .put("beside", row.beside().name().toLowerCase(Locale.ROOT))
                .put("proof", row.proof().name())
                .put("reached", Stage.POWERED.name());
        timeline.say("Row " + row.name() + ": " + row.about());
        String rowRun = runId + "r" + n;
        double began = timeline.seconds();
        try (Traces traces = Traces.open(Tree.journals(), rowRun)) {
            Thread interrupted = new Thread(traces::close, "clean-up-" + row.name());
            Runtime.getRuntime().addShutdownHook(interrupted);
            hq.built(row.kit()).path("warnings").forEach(result.withArray("importWarnings")::add);
            hq.deploy(row, row.relay().networks(subnets), mac);
            RowSite site = RowSite.open(row, hq.hq(), rowRun, subnets, folder.resolve(row.name()), traces);
            timeline.name(mac, row.name());
            result.put("setUpSeconds", Math.round((timeline.seconds() - began) * 10) / 10.0);
            site.awaitFinding(row.beside());
            result.put("ok", new RowPlay(row, mac, result).in(site.site()));
        } catch (OtherDebian.Missing e) {
            result.put("skipped", e.getMessage());
        } catch (LabException e) {
            result.put("error", e.getMessage());
        }
        timeline.say(verdict(row, result));
    }

    private static String verdict(Row row, ObjectNode result) {
        if (result.has("skipped")) {
            return "Row " + row.name() + ": skipped: " + result.path("skipped").asText();
        }
        return String.format(
                Locale.ROOT,
                "Row %s: %s, reached %s%s",
                row.name(),
                result.path("ok").asBoolean() ? "ok" : "FAILED",
                result.path("reached").asText(),
                result.has("error") ? " (" + result.path("error").asText() + ")" : "");
    }
}
