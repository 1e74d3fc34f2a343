package org.pxemesh.lab.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./mesh lab fuzz}: Jazzer for minutes or hours, the targets one after the other; the corpus is kept between runs. */
@Command(name = "fuzz", description = "Fuzzes every parser of the network's bytes with Jazzer.")
public final class FuzzCommand implements Callable<Integer> {

    @Option(names = "--minutes", defaultValue = "10", description = "in all; default ${DEFAULT-VALUE}")
    double minutes;

    @Option(names = "--targets", split = ",", description = "only these; default all: DHCP, TFTP, OFFERED, ...")
    List<String> targets = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Tree.state().resolve("fuzz");
        Files.createDirectories(folder);
        run(folder, List.of("org.pxemesh.fuzz.WriteCorpus", folder.toString()), "DHCP");
        List<String> known = Files.readAllLines(folder.resolve("targets.txt"));
        if (!known.containsAll(targets)) {
            throw new LabException("unknown among " + targets + "; known are " + known);
        }
        targets = targets.isEmpty() ? known : targets;
        long seconds = Math.max(1, Math.round(minutes * 60 / targets.size()));
        List<String> broken = new ArrayList<>();
        for (String target : targets) {
            Path corpus =
                    folder.resolve(target.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            int exit = run(
                    folder,
                    List.of(
                            "com.code_intelligence.jazzer.Jazzer",
                            "--target_class=org.pxemesh.fuzz.Fuzz",
                            "--instrumentation_includes=org.pxemesh.**",
                            "-max_total_time=" + seconds,
                            "-print_final_stats=1",
                            "-artifact_prefix=" + folder + "/" + target + "-",
                            corpus.toString()),
                    target);
            System.out.println(target + (exit == 0 ? ": nothing found in " : ": FOUND something in ") + seconds + " s");
            if (exit != 0) {
                broken.add(target);
            }
        }
        if (!broken.isEmpty()) {
            System.out.println("The inputs are in " + folder + ": put each into fuzz/src/main/resources/captures");
        }
        return broken.isEmpty() ? 0 : 1;
    }

    private static int run(Path folder, List<String> program, String target) throws IOException, InterruptedException {
        Path fuzz = Tree.jar("fuzz/target/pxemesh-fuzz.jar");
        String classes = String.join(
                ":",
                fuzz.toString(),
                fuzz.resolveSibling("lib") + "/*",
                Tree.root().resolve("services/peer-agent/target/classes").toString(),
                Tree.root().resolve("services/package-service/target/classes").toString());
        List<String> command = new ArrayList<>(List.of(
                Tree.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpxemesh.fuzz.target=" + target,
                "-cp",
                classes));
        command.addAll(program);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(target + ".log").toFile()))
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
            process.waitFor(5, TimeUnit.SECONDS);
        }
    }
}
