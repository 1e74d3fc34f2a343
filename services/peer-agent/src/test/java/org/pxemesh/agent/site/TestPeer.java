package org.pxemesh.agent.site;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jgroups.JChannel;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.BootSide;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.PeerAgent;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.boot.BootEdges;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.Machine;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.JGroupsMembership;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.segment.AgentMetrics;
import org.pxemesh.agent.segment.AgentParts;
import org.pxemesh.agent.segment.SegmentAgent;
import org.pxemesh.agent.start.RealConnections;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.EventJournal;
import org.pxemesh.agent.uplink.HqLink;
import org.pxemesh.agent.uplink.Outbox;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.mesh.PeerFacts.Power;

/** A whole agent at 127.0.0.n: real group, real Kafka, real HTTP and TFTP; DHCP from hand to hand. */
final class TestPeer implements AutoCloseable {
    final PeerAgent agent;
    private final Inet4Address address;
    private final FakeBoot boot;
    private final Path stateDir;
    private final int httpPort;
    private final int prefix;
    private volatile boolean killed;
    volatile boolean linkUp = true;

    TestPeer(int n, Vertx vertx, TestHq hq, Path directory, FreePorts ports) throws Exception {
        this(n, vertx, hq, directory, ports, Map.of());
    }

    /** @param more settings */
    TestPeer(int n, Vertx vertx, TestHq hq, Path directory, FreePorts ports, Map<String, String> more)
            throws Exception {
        this("127.0.0." + n, 8, vertx, hq, directory, ports, more);
    }

    /** @param prefix length of its segment's network */
    TestPeer(String at, int prefix, Vertx vertx, TestHq hq, Path directory, FreePorts ports, Map<String, String> more)
            throws Exception {
        this.prefix = prefix;
        httpPort = ports.http();
        address = (Inet4Address) InetAddress.ofLiteral(at);
        var n = address.getAddress()[1] + "" + address.getAddress()[3];
        stateDir = directory.resolve("peer" + n);
        Map<String, String> settings = new HashMap<>();
        settings.put("pxemesh.hq.kafka", hq.kafka());
        settings.put("pxemesh.trust.keys", hq.trustKeys());
        settings.put("pxemesh.state-dir", stateDir.toString());
        settings.put("pxemesh.http.port", Integer.toString(httpPort));
        settings.put("pxemesh.mesh.group-port", Integer.toString(ports.group()));
        settings.put("pxemesh.mesh.bind-port", Integer.toString(ports.bind()));
        settings.put("pxemesh.content.reserve", "0");
        settings.putAll(more);
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(AgentConfig.class)
                .build()
                .getConfigMapping(AgentConfig.class);
        var machine = new FakeMachine();
        var identity = Identity.load(stateDir, machine.smbiosGuid(), List.of("02:00:00:00:00:" + n));
        var snapshots = new SnapshotStore(stateDir, TrustedKeys.parse(hq.trustKeys()), Clock.systemUTC());
        snapshots.load();
        var store = new DiskStore(stateDir);
        var firmware = new FirmwareMemory(stateDir, Clock.systemUTC());
        firmware.load();
        boot = new FakeBoot(vertx, store);
        agent = new PeerAgent(
                new AgentParts(
                        config,
                        identity,
                        machine,
                        snapshots,
                        store,
                        new Outbox(new EventJournal(stateDir, 1 << 20), identity, Clock.systemUTC()),
                        firmware,
                        boot,
                        new AgentMetrics(new SimpleMeterRegistry()),
                        new TestConnections(config),
                        "test"),
                new ContentClient(vertx));
    }

    void start() {
        agent.start();
    }

    UUID id() {
        return agent.parts().identity().agentId();
    }

    SegmentAgent segment() {
        return agent.segments().getFirst();
    }

    boolean isServing() {
        return boot.served != null;
    }

    /** What boot clients meet; it serves. */
    BootEdges edges() {
        return Objects.requireNonNull(boot.edges);
    }

    String address() {
        return address.getHostAddress();
    }

    int httpPort() {
        return httpPort;
    }

    Path stateDir() {
        return stateDir;
    }

    /** As SIGKILL does: sockets are gone, nobody is told. */
    void kill() {
        killed = true;
        close();
    }

    @Override
    public void close() {
        agent.close();
        boot.close();
    }

    private final class TestConnections implements AgentParts.Connections {
        private final RealConnections real;
        private final AgentConfig config;

        TestConnections(AgentConfig config) {
            this.real = new RealConnections(config);
            this.config = config;
        }

        @Override
        public Membership membership(UUID self, NetworkPort port) {
            return new JGroupsMembership(self, InetAddress.getLoopbackAddress(), config.mesh()) {
                @Override
                protected void end(JChannel channel) {
                    if (killed) {
                        try {
                            Util.shutdown(channel);
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    } else {
                        super.end(channel);
                    }
                }
            };
        }

        @Override
        public HqLink hq(UUID self) {
            return real.hq(self);
        }

        @Override
        public boolean hqAnswers() {
            return real.hqAnswers();
        }
    }

    private final class FakeMachine implements Machine {
        @Override
        public List<NetworkPort> ports() {
            var mac = "02:00:00:00:00:" + address.getAddress()[1] + address.getAddress()[3];
            return List.of(new NetworkPort("t0", address, prefix, mac, NetworkPort.Kind.WIRED, linkUp));
        }

        @Override
        public List<String> interfaceNames() {
            return List.of("t0");
        }

        @Override
        public Optional<String> smbiosGuid() {
            return Optional.empty();
        }

        @Override
        public String hostName() {
            return "pc" + (address.getAddress()[3] & 0xff);
        }

        @Override
        public Power power() {
            return Power.MAINS;
        }

        @Override
        public Map<String, String> labels() {
            return Map.of("os", "test");
        }
    }

    /** HTTP, TFTP and DHCP; see there. */
    private final class FakeBoot implements BootSide {
        private final Vertx vertx;
        private final ContentStore store;
        private volatile @Nullable Segment served;
        private @Nullable HttpServer http;
        private volatile @Nullable BootEdges edges;
        private boolean closed;

        FakeBoot(Vertx vertx, ContentStore store) {
            this.vertx = vertx;
            this.store = store;
        }

        @Override
        public synchronized void serve(Segment segment) {
            if (closed) {
                return;
            }
            try {
                edges = new BootEdges(segment, store, httpPort);
            } catch (SocketException e) {
                throw new AssertionError(e);
            }
            http = vertx.createHttpServer()
                    .requestHandler(edges.http())
                    .listen(httpPort, segment.address().getHostAddress())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            served = segment;
        }

        @Override
        public void drain(Segment segment) {}

        @Override
        public void leave(Segment segment) {
            stop();
        }

        synchronized void close() {
            closed = true;
            stop();
        }

        private synchronized void stop() {
            served = null;
            var open = edges;
            if (open != null) {
                open.close();
            }
            var closing = http;
            if (closing != null) {
                closing.close().toCompletionStage().toCompletableFuture().join();
                http = null;
            }
        }
    }
}
