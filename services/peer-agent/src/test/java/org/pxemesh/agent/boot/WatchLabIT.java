package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.cli.Pxemesh;

/** A switch, a real DHCP server, an agent and a technician who asks {@code pxemesh doctor --segment}. */
class WatchLabIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> HOSTS = List.of("dhcp", "agent", "person");

    /** What is larger than a shaper's bucket is dropped: a filter that any kernel has, as a snooping switch's port. */
    private static final List<String> DROP_PORT_68 = List.of(
            "qdisc add dev eth0 root handle 1: htb default 1",
            "class add dev eth0 parent 1: classid 1:1 htb rate 1gbit",
            "class add dev eth0 parent 1: classid 1:4 htb rate 1gbit",
            "qdisc add dev eth0 parent 1:4 tbf rate 8kbit burst 64 limit 64",
            "filter add dev eth0 parent 1: protocol ip u32 match ip protocol 17 0xff match ip dport 68 0xffff flowid 1:4");

    @TempDir
    private Path folder;

    private final String run = "pxm-watch-" + ProcessHandle.current().pid();
    private final List<Process> processes = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();

    private record Outcome(int exit, String output) {}

    @BeforeEach
    void plugIn() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root for network namespaces");
        for (String program : List.of("ip", "dnsmasq", "kea-dhcp4")) {
            assumeTrue(Files.exists(Path.of("/usr/sbin", program)), "needs " + program);
        }
        String sw = namespace("switch");
        done("ip", "-n", sw, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0");
        done("ip", "-n", sw, "link", "set", "br0", "up");
        for (int n = 0; n < HOSTS.size(); n++) {
            String host = namespace(HOSTS.get(n));
            done("ip", "-n", sw, "link", "add", "p" + n, "type", "veth", "peer", "name", "eth0", "netns", host);
            done("ip", "-n", sw, "link", "set", "p" + n, "master", "br0", "up");
            done("ip", "-n", host, "addr", "add", "10.79.0." + (n + 1) + "/24", "brd", "+", "dev", "eth0");
            done("ip", "-n", host, "link", "set", "lo", "up");
            done("ip", "-n", host, "link", "set", "eth0", "up");
            done("ip", "-n", host, "route", "add", "default", "dev", "eth0");
        }
    }

    private String namespace(String host) throws IOException, InterruptedException {
        String name = run + "-" + host;
        done("ip", "netns", "add", name);
        namespaces.add(name);
        return name;
    }

    @AfterEach
    void unplug() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        for (String name : namespaces) {
            done("ip", "netns", "del", name);
        }
    }

    @Test
    void shouldFindNothingBesideAPlainDhcpServer() throws Exception {
        startDhcp();
        startAgent();

        Outcome doctor = doctor();

        assertThat(doctor.output())
                .contains("10.79.0.1 offers address", "10.79.0.2 offers boot server, option 60 (a peer)", "ok  ")
                .doesNotContain("FINDING");
        assertThat(doctor.exit()).isZero();
    }

    @Test
    void Q26_Q76_shouldFindADhcpServerThatClaimsToBePxeAndItsDeadPort4011() throws Exception {
        startDhcp("--dhcp-option-force=60,PXEClient");
        startAgent();

        Outcome doctor = doctor();

        assertThat(doctor.output())
                .contains("FINDING      dhcp-claims-pxe 10.79.0.1", "users see  PXE-E55")
                .contains("FINDING      dead-boot-server 10.79.0.1");
        assertThat(doctor.exit()).isEqualTo(1);
        awaitLine("agent.log", "dhcp-claims-pxe 10.79.0.1");
    }

    @Test
    void Q75_shouldFindOptions66To252OfARealDhcpServer() throws Exception {
        startDhcp(
                "--dhcp-option-force=150,10.79.0.9",
                "--dhcp-option-force=66,wds.example",
                "--dhcp-option-force=67,boot/wdsnbp.com",
                "--dhcp-option-force=252,http://wpad/wpad.dat",
                "--dhcp-option-force=encap:175,176,1b");
        startAgent();

        assertThat(doctor().output())
                .contains("FINDING      dhcp-names-boot-file 10.79.0.1", "option 150 10.79.0.9", "\"wds.example\"")
                .contains("FINDING      dhcp-sends-252 10.79.0.1")
                .contains("FINDING      dhcp-forbids-proxies 10.79.0.1");
    }

    @Test
    void Q73_shouldFindASwitchThatDropsThePeersOffers() throws Exception {
        startDhcp();
        startAgent();
        for (String line : DROP_PORT_68) {
            inside("agent", ("tc " + line).split(" "));
        }

        Outcome doctor = doctor();

        assertThat(doctor.output()).contains("FINDING      offers-snooped 10.79.0.2", "users see  PXE-E53");
        assertThat(doctor.exit()).isEqualTo(1);
    }

    @Test
    void Q76_shouldTellE51WithoutADhcpServerAndThatNoPeerIsThere() throws Exception {
        assertThat(doctor().output()).contains("FINDING      no-dhcp", "PXE-E51", "FINDING      no-peer");
    }

    @Test
    void shouldFindNothingBesideAPlainKea() throws Exception {
        startKea("");
        startAgent();

        Outcome doctor = doctor();

        assertThat(doctor.output()).contains("10.79.0.1 offers address", "ok  ").doesNotContain("FINDING");
        assertThat(doctor.exit()).isZero();
    }

    @Test
    void Q26_Q76_shouldFindAKeaThatClaimsToBePxeAndItsDeadPort4011() throws Exception {
        startKea("""
                "option-data": [{"name": "vendor-class-identifier", "data": "PXEClient"}]
                """);
        startAgent();

        Outcome doctor = doctor();

        assertThat(doctor.output())
                .contains("FINDING      dhcp-claims-pxe 10.79.0.1", "users see  PXE-E55")
                .contains("FINDING      dead-boot-server 10.79.0.1");
        assertThat(doctor.exit()).isEqualTo(1);
        // Kea answers the agent as a relay too.
        awaitLine("agent.log", "dhcp-claims-pxe 10.79.0.1");
        awaitLine("agent.log", "dead-boot-server 10.79.0.1");
    }

    @Test
    void shouldFindAKeaThatBootsMachinesItself() throws Exception {
        // Option 43 with 43.6 = 8, as its documentation shows for PXE, and the file in header and options.
        startKea("""
                "next-server": "10.79.0.9", "boot-file-name": "pxelinux.0",
                "option-def": [{"name": "vendor-encapsulated-options", "code": 43, "type": "binary"}],
                "option-data": [{"name": "vendor-class-identifier", "data": "PXEClient"},
                                {"name": "vendor-encapsulated-options", "data": "060108ff"},
                                {"name": "tftp-server-name", "data": "wds.example"},
                                {"name": "boot-file-name", "data": "boot/wdsnbp.com"}]
                """);
        startAgent();

        assertThat(doctor().output())
                .contains("FINDING      dhcp-is-pxe 10.79.0.1")
                .contains("FINDING      dhcp-names-boot-file 10.79.0.1", "\"wds.example\"", "\"boot/wdsnbp.com\"")
                .doesNotContain("dead-boot-server", "dhcp-claims-pxe");
        awaitLine("agent.log", "dhcp-is-pxe 10.79.0.1");
    }

    @Test
    void shouldForgetAServerThatIsGone() throws Exception {
        Process dhcp = startDhcp("--dhcp-option-force=60,PXEClient");
        startAgent();
        awaitLine("agent.log", "event=found interface=eth0 finding=\"dhcp-claims-pxe");

        dhcp.destroyForcibly().waitFor();

        awaitLine("agent.log", "event=found-no-more interface=eth0 finding=\"dhcp-claims-pxe");
    }

    private Outcome doctor() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", run + "-person"));
        command.addAll(java(Pxemesh.class, "doctor", "--segment", "eth0"));
        return attempt(command.toArray(String[]::new));
    }

    /** @param ofPxe what machines get that say they are PXE clients, as Kea's JSON; empty for nothing */
    private void startKea(String ofPxe) throws IOException {
        String classes = ofPxe.isEmpty() ? "" : """
                "client-classes": [{"name": "pxe", "test": "substring(option[60].hex, 0, 9) == 'PXEClient'", %s}],
                """.formatted(ofPxe);
        Path configuration = Files.writeString(folder.resolve("kea.json"), """
                {"Dhcp4": {
                  "interfaces-config": {"interfaces": ["eth0"], "dhcp-socket-type": "raw"},
                  "lease-database": {"type": "memfile", "persist": false},
                  "valid-lifetime": 3600,
                  %s
                  "subnet4": [{"id": 1, "subnet": "10.79.0.0/24", "interface": "eth0",
                               "pools": [{"pool": "10.79.0.100 - 10.79.0.150"}],
                               "option-data": [{"name": "routers", "data": "10.79.0.1"}]}],
                  "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                               "output_options": [{"output": "stdout", "flush": true}]}]
                }}
                """.formatted(classes));
        start(
                "dhcp.log",
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        run + "-dhcp",
                        "env",
                        "KEA_LOCKFILE_DIR=none",
                        "KEA_PIDFILE_DIR=" + folder,
                        "kea-dhcp4",
                        "-c",
                        configuration.toString()));
        awaitLine("dhcp.log", "DHCP4_STARTED");
    }

    private Process startDhcp(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                run + "-dhcp",
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--user=root",
                "--log-dhcp",
                "--log-facility=-",
                "--pid-file=",
                "--dhcp-leasefile=" + folder.resolve("leases"),
                "--no-ping",
                "--dhcp-range=10.79.0.100,10.79.0.150,1h"));
        Collections.addAll(command, more);
        Process server = start("dhcp.log", command);
        awaitLine("dhcp.log", "started");
        return server;
    }

    private void startAgent() throws IOException {
        Path tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("debian-installer/amd64"));
        for (String file : List.of("debian-installer/amd64/linux", "debian-installer/amd64/initrd.gz", "ldlinux.c32")) {
            Files.writeString(tree.resolve(file), file);
        }
        Files.writeString(tree.resolve("pxelinux.0"), "pxelinux");
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", run + "-agent"));
        command.addAll(java(FixedAgent.class, "eth0", "10.79.0.2", "10.79.0.2", tree.toString()));
        start("agent.log", command);
        awaitLine("agent.log", "serving");
    }

    private static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dpxemesh.watch.first=PT1S",
                "-Dpxemesh.watch.every=PT5S",
                "-Dorg.jboss.logging.provider=jdk",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        Collections.addAll(command, arguments);
        return command;
    }

    private Process start(String log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void awaitLine(String log, String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(Files.readString(folder.resolve(log))).contains(text));
    }

    private void inside(String host, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", run + "-" + host));
        Collections.addAll(all, command);
        done(all.toArray(String[]::new));
    }

    private static Outcome attempt(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private static void done(String... command) throws IOException, InterruptedException {
        Outcome outcome = attempt(command);
        assertThat(outcome.exit())
                .as(String.join(" ", command) + ": " + outcome.output())
                .isZero();
    }
}
