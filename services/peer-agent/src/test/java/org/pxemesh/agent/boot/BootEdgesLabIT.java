package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The boot side on its true ports, in two namespaces joined by a cable, asked by the clients that people really use. */
@ParameterizedClass
@ValueSource(strings = {"linux", "portable"})
class BootEdgesLabIT {

    private static final String AGENT = "10.79.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameter
    private String host = "auto";

    @TempDir
    private Path folder;

    private final String agentSide = "pxm-edge-a-" + ProcessHandle.current().pid();
    private final String clientSide = "pxm-edge-c-" + ProcessHandle.current().pid();
    private final byte[] kernel = new byte[3_000_000];
    private final List<Process> processes = new ArrayList<>();
    private Path tree = Path.of("");

    @BeforeEach
    void layTheCable() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root for network namespaces");
        assumeTrue(Files.exists(Path.of("/usr/sbin/ip")) || Files.exists(Path.of("/sbin/ip")), "needs iproute2");
        tree = folder.resolve("tree");
        new Random(5).nextBytes(kernel);
        Files.createDirectories(tree.resolve("debian-installer/amd64"));
        Files.write(tree.resolve("debian-installer/amd64/linux"), kernel);
        Files.writeString(tree.resolve("debian-installer/amd64/initrd.gz"), "initrd");
        Files.writeString(tree.resolve("pxelinux.0"), "pxelinux");
        Files.writeString(tree.resolve("ldlinux.c32"), "ldlinux");
        run("ip", "netns", "add", agentSide);
        run("ip", "netns", "add", clientSide);
        run("ip", "-n", agentSide, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", clientSide);
        for (String[] side : new String[][] {{agentSide, AGENT}, {clientSide, "10.79.0.2"}}) {
            run("ip", "-n", side[0], "addr", "add", side[1] + "/24", "dev", "eth0");
            run("ip", "-n", side[0], "link", "set", "lo", "up");
            run("ip", "-n", side[0], "link", "set", "eth0", "up");
            run("ip", "-n", side[0], "route", "add", "default", "dev", "eth0");
        }
        startAgent("agent.log");
        awaitLine("agent.log", "serving");
    }

    @AfterEach
    void cutTheCable() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        for (String namespace : List.of(agentSide, clientSide)) {
            if (Files.exists(Path.of("/run/netns", namespace))) {
                run("ip", "netns", "del", namespace);
            }
        }
    }

    @Test
    void shouldServeTheClientsThatPeopleUse() throws Exception {
        String linux = "debian-installer/amd64/linux";
        Path got = folder.resolve("got");
        List<List<String>> clients = List.of(
                List.of("curl", "-s", "-o", got.toString(), "http://" + AGENT + ":8069/files/" + linux),
                List.of(
                        "atftp",
                        "--option",
                        "blksize 1428",
                        "--option",
                        "windowsize 8",
                        "--get",
                        "-r",
                        linux,
                        "-l",
                        got.toString(),
                        AGENT),
                List.of("tftp", "-m", "binary", AGENT, "-c", "get", linux, got.toString()),
                List.of(
                        "busybox",
                        "tftp",
                        "-g",
                        "-b",
                        "1468",
                        "-r",
                        "\\debian-installer\\AMD64\\linux",
                        "-l",
                        got.toString(),
                        AGENT));
        int served = 0;
        for (List<String> client : clients) {
            if (!isInstalled(client.getFirst())) {
                continue;
            }
            Files.deleteIfExists(got);
            inClient(client);
            assertThat(Files.readAllBytes(got)).as(client.getFirst()).isEqualTo(kernel);
            served++;
        }
        assertThat(served)
                .as("no client is installed: curl, atftp, tftp-hpa or busybox")
                .isPositive();
    }

    @Test
    void shouldRefuseWhatIsOutsideOfThePlanAtOnce() throws Exception {
        assumeTrue(isInstalled("busybox"), "needs busybox");
        for (String name : List.of("revocations.efi", "../../etc/passwd")) {
            long started = System.nanoTime();
            Outcome outcome = attempt(
                    "ip",
                    "netns",
                    "exec",
                    clientSide,
                    "busybox",
                    "tftp",
                    "-g",
                    "-r",
                    name,
                    "-l",
                    folder.resolve("x").toString(),
                    AGENT);
            assertThat(outcome.output()).contains("(1)");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void shouldSayInOneLineThatAPortIsTaken() throws Exception {
        startAgent("second.log");

        awaitLine("second.log", "start-problem UDP port 69 ");
        List<String> problem = lines("second.log").stream()
                .filter(line -> line.contains("start-problem"))
                .toList();
        assertThat(problem)
                .singleElement()
                .satisfies(line -> assertThat(line).contains("is taken by").contains("pxemesh.interfaces"));
        if (host.equals("linux")) {
            assertThat(problem.getFirst()).contains("java (pid ");
        }
    }

    private void startAgent(String log) throws IOException {
        processes.add(new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        agentSide,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dpxemesh.host=" + host,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FixedAgent.class.getName(),
                        "eth0",
                        AGENT,
                        AGENT,
                        tree.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start());
    }

    private void awaitLine(String log, String text) {
        Awaitility.await("\"" + text + "\" in " + log)
                .atMost(PATIENCE)
                .until(() -> lines(log).stream().anyMatch(line -> line.contains(text)));
    }

    private List<String> lines(String log) throws IOException {
        return Files.readAllLines(folder.resolve(log));
    }

    private void inClient(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", clientSide));
        all.addAll(command);
        run(all.toArray(String[]::new));
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private record Outcome(int exit, String output) {}

    private static Outcome attempt(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Outcome outcome = attempt(command);
        assertThat(outcome.exit())
                .as(String.join(" ", command) + ": " + outcome.output())
                .isZero();
    }
}
