package org.pxemesh.lab.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Main;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;

/** {@code ./mesh conformance} as a host of the lab runs it. */
public final class Examiner {

    private Examiner() {}

    /**
     * Runs it to its end.
     *
     * @param more options of the command
     * @return what it prints with {@code --json}
     */
    public static JsonNode examine(Site site, Namespace zoo, String server, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                Tree.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "conformance",
                server,
                "--json"));
        command.addAll(more);
        try {
            Process process = new ProcessBuilder(zoo.exec(command))
                    .redirectError(site.folder()
                            .resolve("conformance-" + zoo.name() + "-" + server + ".log")
                            .toFile())
                    .start();
            site.traces().process(process);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return Api.json().readTree(output);
        } catch (IOException e) {
            throw new LabException("the examination of " + server + " told nothing: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while " + server + " was examined", e);
        }
    }
}
