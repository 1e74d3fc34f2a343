package org.pxemesh.lab;

import org.pxemesh.lab.agent.AgentCommand;
import org.pxemesh.lab.conformance.ConformanceCommand;
import org.pxemesh.lab.demo.DemoCommand;
import org.pxemesh.lab.hq.HqCommand;
import org.pxemesh.lab.scenario.ScenarioCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./mesh} runs once everything is installed and built. */
@Command(
        name = "mesh",
        subcommands = {
            DemoCommand.class,
            HqCommand.class,
            AgentCommand.class,
            ScenarioCommand.class,
            ConformanceCommand.class
        },
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((e, cmd, parsed) -> {
            if (e instanceof LabException) {
                System.err.println("mesh: " + e.getMessage());
                return 1;
            }
            throw e;
        });
        System.exit(commandLine.execute(args));
    }
}
