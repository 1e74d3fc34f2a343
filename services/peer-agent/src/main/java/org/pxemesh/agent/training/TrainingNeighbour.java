package org.pxemesh.agent.training;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.agent.BootSide;
import org.pxemesh.agent.PeerAgent;
import org.pxemesh.agent.Segment;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.segment.AgentMetrics;
import org.pxemesh.agent.segment.AgentParts;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.EventJournal;
import org.pxemesh.agent.uplink.HqLink;
import org.pxemesh.agent.uplink.Outbox;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.events.TrustedKeys;

/**
 * Another peer in the same process: it joins the first one's mesh, and gets HQ's word and the package from it, as most
 * peers of a branch do. It serves nobody, for the ports are the first one's.
 */
final class TrainingNeighbour implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.2";
    private static final long JOURNAL_BYTES = 1 << 20;

    private final PeerAgent agent;

    /** @param directory for what it keeps, apart from the first one's */
    TrainingNeighbour(AgentParts first, Vertx vertx, Path directory, TrustedKeys trusted) {
        var identity = Identity.load(directory, Optional.empty(), List.of("02:00:00:00:00:02"));
        var snapshots = new SnapshotStore(directory, trusted, Clock.systemUTC());
        snapshots.load();
        var firmware = new FirmwareMemory(directory, Clock.systemUTC());
        firmware.load();
        agent = new PeerAgent(
                new AgentParts(
                        first.config(),
                        identity,
                        Loopback.of(first.machine(), ADDRESS),
                        snapshots,
                        new DiskStore(directory),
                        new Outbox(new EventJournal(directory, JOURNAL_BYTES), identity, Clock.systemUTC()),
                        firmware,
                        new NoBoots(),
                        new AgentMetrics(new SimpleMeterRegistry()),
                        new SameLoopback(
                                first.connections(), first.machine().ports().getFirst()),
                        first.version()),
                new ContentClient(vertx));
    }

    void start() {
        agent.start();
    }

    /** Whether it has fetched all of a package from the first one. */
    boolean holds(String packageRef) {
        return agent.swarm().whole().contains(packageRef);
    }

    @Override
    public void close() {
        agent.close();
    }

    /** The group runs over an address that the interface has; its members are told apart by their ports. */
    private record SameLoopback(AgentParts.Connections real, NetworkPort loopback) implements AgentParts.Connections {
        @Override
        public Membership membership(UUID self, NetworkPort port) {
            return real.membership(self, loopback);
        }

        @Override
        public HqLink hq(UUID self) {
            return real.hq(self);
        }

        @Override
        public boolean hqAnswers() {
            return false;
        }
    }

    private static final class NoBoots implements BootSide {
        @Override
        public void serve(Segment segment) {}

        @Override
        public void drain(Segment segment) {}

        @Override
        public void leave(Segment segment) {}
    }
}
