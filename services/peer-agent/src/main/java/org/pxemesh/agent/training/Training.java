package org.pxemesh.agent.training;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.PeerAgent;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.segment.AgentParts;
import org.pxemesh.agent.segment.SegmentAgent;
import org.pxemesh.content.ManifestException;
import org.pxemesh.events.TrustedKeys;

/**
 * The training run that {@code pxemesh-agent prepare} makes an AOT cache of: what Java loads, links and compiles here is
 * ready when an agent starts. A whole agent serves on loopback, for an HQ that is not there; a neighbour joins it and
 * fetches its package; boot clients ask, and load by TFTP and HTTP. It needs no settings and leaves nothing behind. Where
 * a part does not work (no right to port 67, say), the rest is trained.
 */
public final class Training {
    private static final Logger LOG = Logger.getLogger(Training.class);

    /** Where no HQ is. */
    private static final String NOBODY = "127.0.0.1:9";

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long LOOK_NANOS = 50_000_000L;

    /** Each is a machine; enough for Java to find out what is hot. */
    private static final int MACHINES = 600;

    private static final int TRANSFERS = 12;

    /** BIOS and x64 UEFI, as option 93 has them. */
    private static final int[] ARCHITECTURES = {0, 7};

    private static final TrainingHq HQ = new TrainingHq();

    /** All that this run writes; it is deleted in the end. */
    private static @Nullable Path directory;

    private final AgentParts parts;
    private final Vertx vertx;
    private final List<String> missed = new ArrayList<>();

    private Training(AgentParts parts, Vertx vertx) {
        this.parts = parts;
        this.vertx = vertx;
    }

    /** Something that a boot client does, and whether it got what it asked for. */
    @FunctionalInterface
    private interface Deed {
        boolean done() throws IOException;
    }

    /** Sets the settings of this run, before Quarkus reads them. */
    public static void prepare() {
        try {
            directory = Files.createTempDirectory("pxemesh-training");
            System.setProperty("pxemesh.state-dir", directory.toString());
            System.setProperty("pxemesh.trust.keys", HQ.trustKeys());
            System.setProperty("pxemesh.hq.kafka", NOBODY);
            System.setProperty("pxemesh.interfaces", Loopback.name());
            System.setProperty("pxemesh.local.port", "0");
            System.setProperty("pxemesh.content.reserve", "0");
            System.setProperty("pxemesh.http.port", freePort());
            System.setProperty("pxemesh.mesh.group-port", freePort());
            System.setProperty("pxemesh.mesh.bind-port", freePort());
        } catch (IOException e) {
            throw new IllegalStateException("the training run cannot be prepared", e);
        }
    }

    private static String freePort() throws IOException {
        try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var udp = new DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()))) {
            return Integer.toString(udp.getLocalPort());
        }
    }

    /**
     * Runs.
     *
     * @param real the agent's parts, as it would start with them
     * @return the exit code: 0, or 3 when parts of it could not be trained
     */
    public static int run(AgentParts real, Vertx vertx) throws InterruptedException {
        var own = directory;
        if (own == null || !own.equals(real.config().stateDir())) {
            LOG.errorf(
                    "event=not-trained state-dir=%s reason=\"a configuration file insists on it\"",
                    real.config().stateDir());
            return 3;
        }
        var machine = Loopback.of(real.machine(), "127.0.0.1");
        var parts = new AgentParts(
                real.config(),
                real.identity(),
                machine,
                real.snapshots(),
                real.store(),
                real.outbox(),
                real.firmware(),
                real.boot(),
                real.metrics(),
                new WithoutHq(real.connections()),
                real.version());
        var training = new Training(parts, vertx);
        try {
            training.exercise();
        } finally {
            delete(own);
        }
        LOG.infof("event=trained whole=%s missed=\"%s\"", training.missed.isEmpty(), training.missed);
        return training.missed.isEmpty() ? 0 : 3;
    }

    private void exercise() throws InterruptedException {
        try {
            HQ.tell(parts.snapshots());
            HQ.fill(parts.store());
        } catch (IOException | ManifestException e) {
            missed.add("a package: " + e.getMessage());
        }
        var kept = parts.config().stateDir().resolve("neighbour");
        try (var agent = new PeerAgent(parts, new ContentClient(vertx));
                var neighbour = new TrainingNeighbour(parts, vertx, kept, TrustedKeys.parse(HQ.trustKeys()))) {
            agent.start();
            var serves = awaits("it serves", () -> answers(agent));
            neighbour.start();
            if (serves) {
                boots();
            }
            awaits("a neighbour holds the package", () -> neighbour.holds(HQ.packageRef()));
        }
    }

    private static boolean answers(PeerAgent agent) {
        return agent.segments().stream()
                .map(SegmentAgent::status)
                .anyMatch(status -> status.serving() && !status.members().isEmpty());
    }

    private void boots() throws InterruptedException {
        var client = new TrainingClient();
        for (var machine = 0; machine < MACHINES; machine++) {
            var architecture = ARCHITECTURES[machine % 2];
            var alone = machine % 3 == 0;
            attempt("DISCOVER", () -> {
                if (alone) {
                    client.discoverAlone(architecture);
                } else {
                    client.discover(architecture);
                }
                return true;
            });
            if (machine % 8 == 0) {
                // A storm would only fill the sockets; what is hot shows with pauses too.
                LockSupport.parkNanos(1_000_000);
            }
        }
        for (var architecture : ARCHITECTURES) {
            attempt("port 4011", () -> client.asksBootServer(architecture));
        }
        for (var transfer = 0; transfer < TRANSFERS; transfer++) {
            var windows = transfer % 2 == 0;
            attempt("TFTP", () -> client.loads(windows ? TrainingHq.KERNEL : TrainingHq.LOADER, windows) > 0);
            var file = windows ? TrainingHq.KERNEL : TrainingHq.PROGRAM;
            attempt("HTTP", () -> client.fetches(parts.config().http().port(), file) > 0);
        }
    }

    private void attempt(String what, Deed deed) {
        try {
            if (!deed.done() && !missed.contains(what)) {
                missed.add(what);
            }
        } catch (IOException e) {
            var reason = what + ": " + e;
            if (!missed.contains(reason)) {
                missed.add(reason);
            }
        }
    }

    private boolean awaits(String what, BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                missed.add(what);
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while it waited: " + what);
            }
        }
        return true;
    }

    private static void delete(Path all) {
        try (var files = Files.walk(all)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf("event=training-left-behind directory=%s reason=%s", all, e.getMessage());
        }
    }
}
