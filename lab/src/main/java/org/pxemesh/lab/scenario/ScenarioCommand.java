package org.pxemesh.lab.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.distribution.DistributionScenario;
import org.pxemesh.lab.firmware.FirmwareCommand;
import org.pxemesh.lab.fuzz.FuzzCommand;
import org.pxemesh.lab.learning.LearningScenario;
import org.pxemesh.lab.networks.NetworksScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./mesh lab SCENARIO}: writes {@code target/lab/SCENARIO.json} and prints it; exit 0 only when all of it holds. */
@Command(
        name = "lab",
        subcommands = {FirmwareCommand.class, FuzzCommand.class},
        description = "One end-to-end scenario; without a name, the list of them.")
public final class ScenarioCommand implements Callable<Integer> {
    private static final List<LabScenario> ALL = List.of(
            new SliceScenario(),
            new ForeignClientsScenario(),
            new PackageWindowsScenario(),
            new WindowsCasesScenario(),
            new IpxeScenario(),
            new StreamsScenario(),
            new ConformanceScenario(),
            new NetworksScenario(),
            new DistributionScenario(),
            new LearningScenario());

    @Parameters(arity = "0..1", paramLabel = "SCENARIO")
    @Nullable
    String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (name == null) {
            ALL.forEach(s -> System.out.printf("%-16s %s%n", s.name(), s.about()));
            System.out.printf(
                    "%-16s %s%n", "firmware", "real firmware against a real agent, a row per boot; --list, --row");
            System.out.printf("%-16s %s%n", "fuzz", "every parser with Jazzer, --minutes N");
            return 0;
        }
        LabScenario scenario = ALL.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException("no scenario '" + name + "'; known are "
                        + ALL.stream().map(LabScenario::name).toList()));
        ObjectNode result = scenario.run();
        Path file = Tree.root().resolve("target/lab/" + scenario.name() + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, result.toPrettyString() + "\n");
        System.out.println(result);
        return result.path("ok").asBoolean() ? 0 : 1;
    }
}
