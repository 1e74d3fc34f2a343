package org.pxemesh.lab.hq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Pids;
import org.pxemesh.lab.run.Traces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./mesh hq}: HQ on loopback, in processes that outlive the command. */
@Command(name = "hq", description = "HQ on loopback: console 8080, policy 8081, packages 8082, Kafka 9092.")
public final class HqCommand {
    private static final Path FOLDER = Tree.state().resolve("hq");
    private static final Path RUNNING = FOLDER.resolve("running");

    @Command(description = "Start it; its data survive in .pxemesh/hq.")
    int up(
            @Option(names = "--port-base", defaultValue = "8080", description = "the console's port; the others follow")
                    int portBase,
            @Option(names = "--import-root", split = ",", description = "directories to import packages from")
                    List<Path> importRoots,
            @Option(
                            names = "--without",
                            split = ",",
                            description = "services that are run otherwise, for example by quarkus:dev")
                    Set<String> without)
            throws IOException {
        if (!living().isEmpty()) {
            throw new LabException("HQ runs already: './mesh hq status' shows it, './mesh hq down' stops it");
        }
        Files.createDirectories(FOLDER);
        Files.deleteIfExists(RUNNING);
        List<Path> roots = importRoots == null ? List.of() : importRoots;
        Traces traces = Traces.open(FOLDER.resolve("starting"), "hq");
        try {
            Hq hq = Hq.start(
                    new Hq.Settings(new HqPorts(portBase), FOLDER.resolve("data"), FOLDER.resolve("log"), null, roots),
                    without == null ? Set.of() : without,
                    traces);
            StringBuilder lines = new StringBuilder();
            for (LabProcess process : hq.processes()) {
                ProcessHandle.of(process.pid())
                        .ifPresent(p -> lines.append(process.name())
                                .append(' ')
                                .append(Pids.of(p))
                                .append('\n'));
            }
            Files.writeString(RUNNING, lines);
            traces.forget();
            System.out.println("HQ is ready. Console " + hq.console() + ", Kafka " + hq.kafkaForAgents());
            System.out.println("An agent needs: -Dpxemesh.hq.kafka=" + hq.kafkaForAgents() + " -Dpxemesh.trust.keys="
                    + hq.trustKeys());
            return 0;
        } catch (LabException e) {
            traces.close();
            throw e;
        }
    }

    @Command(description = "Stop it.")
    int down() throws IOException {
        List<Running> living = living();
        if (living.isEmpty()) {
            System.out.println("HQ does not run.");
            return 0;
        }
        // Services before Kafka, so that they can say goodbye to it.
        living.reversed().forEach(p -> p.process.destroy());
        living.reversed().forEach(p -> Pids.awaitEnd(p.process, 10));
        Files.deleteIfExists(RUNNING);
        System.out.println("HQ is stopped; its data stay in " + FOLDER.resolve("data"));
        return 0;
    }

    @Command(description = "Say what runs; exit code 3 when something does not.")
    int status() throws IOException {
        List<Running> living = living();
        living.forEach(p -> System.out.println(p.name + " runs, pid " + p.process.pid()));
        if (living.size() < 4) {
            System.out.println(
                    living.isEmpty() ? "HQ does not run." : "HQ is not complete; logs are in " + FOLDER.resolve("log"));
            return 3;
        }
        System.out.println("An agent needs: pxemesh.trust.keys=" + Hq.trustKeys(FOLDER.resolve("data")));
        return 0;
    }

    private record Running(String name, ProcessHandle process) {}

    private static List<Running> living() throws IOException {
        if (!Files.exists(RUNNING)) {
            return List.of();
        }
        return Files.readAllLines(RUNNING).stream()
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> Pids.find(parts[1]).map(p -> new Running(parts[0], p)))
                .flatMap(Optional::stream)
                .toList();
    }
}
