package org.pxemesh.lab.hq;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;

/** HQ on this machine: an embedded Kafka and the three services, each a process of its own. */
public final class Hq {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms16m",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=48m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /**
     * What an HQ is made of.
     *
     * @param data where it keeps its state
     * @param logs where its processes log
     * @param wanAddress the address by which agents reach it; null when all are on loopback
     * @param importRoots directories from which packages may be imported
     * @param environment of the package service, added to the lab's own
     */
    public record Settings(
            HqPorts ports,
            Path data,
            Path logs,
            @Nullable String wanAddress,
            List<Path> importRoots,
            Map<String, String> environment) {
        public Settings(HqPorts ports, Path data, Path logs, @Nullable String wanAddress, List<Path> importRoots) {
            this(ports, data, logs, wanAddress, importRoots, Map.of());
        }
    }

    private final Settings settings;
    private final List<LabProcess> processes;

    private Hq(Settings settings, List<LabProcess> processes) {
        this.settings = settings;
        this.processes = processes;
    }

    /** Starts everything and returns when all of it is ready. */
    public static Hq start(Settings settings, Traces traces) {
        return start(settings, Set.of(), traces);
    }

    /**
     * Starts HQ and returns when all that was started is ready.
     *
     * @param without services that somebody runs otherwise, in Quarkus' dev mode for example
     */
    public static Hq start(Settings settings, Set<String> without, Traces traces) {
        settings.ports.requireFree();
        LabProcess kafka = launch("kafka", kafka(settings), settings, traces);
        kafka.awaitLog("ready", PATIENCE);
        Map<String, List<String>> services = new LinkedHashMap<>();
        services.put("policy-service", policy(settings));
        services.put("package-service", packages(settings));
        services.put("status-service", status(settings));
        if (!services.keySet().containsAll(without)) {
            throw new LabException(without + " are not all among HQ's services " + services.keySet());
        }
        services.keySet().removeAll(without);
        List<LabProcess> processes = new ArrayList<>(List.of(kafka));
        services.forEach((name, properties) ->
                processes.add(launch(name, service(name, settings, properties), settings, traces)));
        Hq hq = new Hq(settings, List.copyOf(processes));
        hq.awaitReady(services.keySet());
        return hq;
    }

    private static LabProcess launch(String name, List<String> command, Settings settings, Traces traces) {
        return LabProcess.start(
                name, command, name.equals("package-service") ? settings.environment : Map.of(), settings.logs, traces);
    }

    private static List<String> kafka(Settings settings) {
        List<String> command = new ArrayList<>(List.of(Tree.java(), "-Xmx256m"));
        command.addAll(SMALL);
        command.add("-jar");
        command.add(Tree.jar("services/embedded-kafka/target/pxemesh-embedded-kafka-0.1.0-SNAPSHOT.jar")
                .toString());
        command.addAll(List.of("--data", settings.data.resolve("kafka").toString()));
        command.addAll(List.of("--listen", "127.0.0.1:" + settings.ports.kafka()));
        if (settings.wanAddress != null) {
            command.addAll(List.of("--listen", settings.wanAddress + ":" + settings.ports.kafkaWan()));
        }
        return command;
    }

    private static List<String> service(String name, Settings settings, List<String> properties) {
        List<String> command = new ArrayList<>(List.of(Tree.java(), "-Xmx256m"));
        command.addAll(SMALL);
        command.addAll(List.of(
                "-Dkafka.bootstrap.servers=127.0.0.1:" + settings.ports.kafka(),
                "-Dpxemesh.signing.key-file=" + keyFile(settings.data)));
        command.addAll(properties);
        command.add("-jar");
        command.add(Tree.jar("services/" + name + "/target/quarkus-app/quarkus-run.jar")
                .toString());
        return command;
    }

    private static List<String> policy(Settings settings) {
        return List.of("-Dquarkus.http.port=" + settings.ports.policy());
    }

    private static List<String> packages(Settings settings) {
        List<String> properties = new ArrayList<>(List.of(
                "-Dquarkus.http.port=" + settings.ports.packages(),
                "-Dpxemesh.content.dir=" + settings.data.resolve("content")));
        if (!settings.importRoots.isEmpty()) {
            properties.add("-Dpxemesh.import.roots="
                    + String.join(
                            ",",
                            settings.importRoots.stream().map(Path::toString).toList()));
        }
        if (settings.wanAddress != null) {
            properties.add("-Dquarkus.http.host=0.0.0.0");
            properties.add("-Dpxemesh.content.url=http://" + settings.wanAddress + ":" + settings.ports.packages());
        }
        return properties;
    }

    private static List<String> status(Settings settings) {
        return List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + settings.ports.console(),
                "-Dpxemesh.status.data-dir=" + settings.data.resolve("status"),
                "-Dpxemesh.status.policy-url=http://127.0.0.1:" + settings.ports.policy(),
                "-Dpxemesh.status.package-url=http://127.0.0.1:" + settings.ports.packages());
    }

    private static Path keyFile(Path data) {
        return data.resolve("hq-signing-key.pem");
    }

    private void awaitReady(Set<String> services) {
        Api api = api();
        Map<String, Integer> ports = Map.of(
                "policy-service", settings.ports.policy(),
                "package-service", settings.ports.packages(),
                "status-service", settings.ports.console());
        for (String service : services) {
            URI health = URI.create("http://127.0.0.1:" + ports.get(service) + "/q/health/ready");
            Until.isTrue(service + " to be ready at " + health, PATIENCE, () -> {
                processes.forEach(LabProcess::requireAlive);
                return api.answers(health);
            });
        }
    }

    public Settings settings() {
        return settings;
    }

    public List<LabProcess> processes() {
        return processes;
    }

    /** REST of all services by the console's address. */
    public Api api() {
        return new Api(console());
    }

    public URI console() {
        return URI.create("http://127.0.0.1:" + settings.ports.console());
    }

    /** Kafka's address for agents. */
    public String kafkaForAgents() {
        return settings.wanAddress == null
                ? "127.0.0.1:" + settings.ports.kafka()
                : settings.wanAddress + ":" + settings.ports.kafkaWan();
    }

    /** What agents are given as {@code pxemesh.trust.keys}. */
    public String trustKeys() {
        return trustKeys(settings.data);
    }

    /** What agents of the HQ with this state are given. */
    static String trustKeys(Path data) {
        Path file = keyFile(data);
        try {
            return TrustedKeys.format(SigningKeys.parse(Files.readString(file)).getPublic());
        } catch (IOException e) {
            throw new LabException("HQ's key file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
