package org.pxemesh.lab.agent;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./mesh agent}: one agent in the foreground, under the terminal's Ctrl-C. */
@Command(name = "agent", description = "One peer-agent in the foreground.")
public final class AgentCommand implements Callable<Integer> {
    @Parameters(description = "settings as in docs/configuration.md, for example pxemesh.hq.kafka=10.0.0.1:9092")
    List<String> settings = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (String setting : settings) {
            if (!setting.matches("[a-z0-9.\\-]+=.*")) {
                throw new LabException("'" + setting + "' is not a setting of the form key=value");
            }
        }
        List<String> properties = new java.util.ArrayList<>();
        if (settings.stream().noneMatch(s -> s.startsWith("pxemesh.state-dir="))) {
            properties.add("-Dpxemesh.state-dir=" + Tree.state().resolve("agent"));
        }
        settings.forEach(s -> properties.add("-D" + s));
        return new ProcessBuilder(Agent.command(properties)).inheritIO().start().waitFor();
    }
}
