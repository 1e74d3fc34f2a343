package org.pxemesh.lab.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./mesh lab fuzz}: Jazzer for minutes or hours, the targets one after the other; the corpus is kept between runs. */
@Command(name = "fuzz", description = "Fuzzes every parser of foreign bytes with Jazzer.")
public final class FuzzCommand implements Callable<Integer> {

    @Option(names = "--minutes", defaultValue = "10", description = "in all; default ${DEFAULT-VALUE}")
    double minutes;

    @Option(
            names = {"--targets", "--target"},
            split = ",",
            description = "only these; default all: DHCP, TFTP, OFFERED, ...")
    List<String> targets = new ArrayList<>();

    @Option(names = "--replay", description = "reads one input that was found once more; its name says the target")
    @Nullable
    Path replay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Tree.state().resolve("fuzz"));
        Fuzzer fuzzer = new Fuzzer(folder);
        List<String> known = fuzzer.writeSeeds();
        if (!known.containsAll(targets)) {
            throw new LabException("unknown among " + targets + "; known are " + known);
        }
        if (replay != null) {
            return fuzzer.replay(target(replay, known), replay);
        }
        targets = targets.isEmpty() ? known : targets;
        Shares shares = new Shares(System.nanoTime(), Math.round(minutes * 60e9), targets.size());
        System.out.println(targets.size() + " targets, about " + shares.seconds(System.nanoTime())
                + " s each; corpus, logs and findings: " + folder);
        List<Fuzzer.Ended> broken = new ArrayList<>();
        int n = 0;
        for (String target : targets) {
            long seconds = shares.seconds(System.nanoTime());
            Fuzzer.Ended ended = fuzzer.fuzz(target, seconds);
            shares.done(System.nanoTime(), seconds);
            System.out.println("[" + ++n + "/" + targets.size() + "] " + ended);
            if (!ended.well()) {
                broken.add(ended);
            }
        }
        broken.forEach(found -> System.out.println(found.advice()));
        return broken.isEmpty() ? 0 : 1;
    }

    private String target(Path input, List<String> known) {
        if (targets.size() == 1) {
            return targets.getFirst();
        }
        String name = input.getFileName().toString();
        return known.stream()
                .filter(target -> name.startsWith(target + "-"))
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElseThrow(() -> new LabException("the name of " + input + " says no target: add --target NAME"));
    }
}
