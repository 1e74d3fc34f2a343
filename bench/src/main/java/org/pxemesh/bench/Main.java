package org.pxemesh.bench;

import org.pxemesh.bench.boot.BootBench;
import org.pxemesh.bench.dhcp.DhcpBench;
import org.pxemesh.bench.segment.SegmentBench;
import org.pxemesh.bench.start.StartBench;
import org.pxemesh.bench.swarm.SwarmBench;
import org.pxemesh.bench.tftp.TftpBench;
import org.pxemesh.bench.wan.WanBench;
import org.pxemesh.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ./mesh bench} runs; without a name, the list of benches. */
@Command(
        name = "mesh bench",
        subcommands = {
            BootBench.class,
            DhcpBench.class,
            SegmentBench.class,
            StartBench.class,
            SwarmBench.class,
            TftpBench.class,
            WanBench.class
        },
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Made and filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    private Main() {}

    /** A bench is a subcommand; its one-line description stands in the list. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    public static void main(String[] args) {
        CommandLine commandLine = commandLine();
        commandLine.setExecutionExceptionHandler((e, cmd, parsed) -> {
            if (e instanceof LabException) {
                System.err.println("mesh: " + e.getMessage());
                return 1;
            }
            throw e;
        });
        System.exit(commandLine.execute(args));
    }

    @Override
    public void run() {
        spec.subcommands()
                .forEach((name, bench) -> System.out.printf(
                        "%-8s %s%n",
                        name,
                        String.join(" ", bench.getCommandSpec().usageMessage().description())));
    }
}
