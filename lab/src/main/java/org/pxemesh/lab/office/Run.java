package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.run.Traces;

/** One command's run: its journal, its folder, its timeline; all that it made is gone when it ends, however it ends. */
public final class Run {
    /** What happens in the office; it fills in the result. */
    @FunctionalInterface
    public interface Play {
        void in(Office office, ObjectNode result) throws InterruptedException;
    }

    /** What happens where there is no such office: it makes all that it needs. */
    @FunctionalInterface
    public interface FreePlay {
        void in(String runId, Path folder, Traces traces, Timeline timeline, ObjectNode result)
                throws InterruptedException;
    }

    private Run() {}

    /**
     * Opens an office, plays, and cleans up.
     *
     * @param name of the folder under {@code .pxemesh} that keeps the logs
     * @return what to show; {@code ok} tells whether all went well
     */
    public static ObjectNode play(String name, Office.Plan plan, Play play) throws InterruptedException {
        return playAnywhere(
                name,
                (runId, folder, traces, timeline, result) ->
                        play.in(Office.open(plan, runId, folder, traces, timeline), result));
    }

    /** The same for what is no office; the folder is empty when the play begins. */
    public static ObjectNode playAnywhere(String name, FreePlay play) throws InterruptedException {
        String runId = Traces.newRunId(Clock.systemUTC().instant());
        Path folder = Tree.state().resolve(name);
        Traces traces = Traces.open(Tree.journals(), runId);
        Timeline timeline = new Timeline(System.err);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(traces, timeline), "clean-up"));
        ObjectNode result = Api.json().createObjectNode().put("ok", false);
        try {
            Leftovers.delete(folder);
            Files.createDirectories(folder);
            play.in(runId, folder, traces, timeline, result);
            result.put("ok", true);
        } catch (LabException e) {
            // After Ctrl-C the processes end one after the other: that is no failure.
            if (!timeline.isClosed()) {
                timeline.say("FAILED: " + e.getMessage());
                timeline.say("Logs of all processes are kept in " + folder);
            }
            result.put("error", e.getMessage());
        } catch (IOException e) {
            result.put("error", "the folder " + folder + " cannot be emptied: " + e.getMessage());
        } finally {
            timeline.close();
            traces.close();
        }
        return result;
    }

    private static void cleanUp(Traces traces, Timeline timeline) {
        if (!timeline.isClosed()) {
            timeline.say("Interrupted: removing all that this run made");
        }
        timeline.close();
        traces.close();
    }
}
