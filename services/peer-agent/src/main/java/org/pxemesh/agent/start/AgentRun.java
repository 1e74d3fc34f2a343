package org.pxemesh.agent.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.pxemesh.agent.BootSide;
import org.pxemesh.agent.PeerAgent;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.content.WanStatus;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.Machine;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.local.AgentHolder;
import org.pxemesh.agent.segment.AgentMetrics;
import org.pxemesh.agent.segment.AgentParts;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.training.Training;
import org.pxemesh.agent.uplink.Outbox;
import org.pxemesh.agent.uplink.SnapshotStore;

/** One run of the agent inside Quarkus. */
class AgentRun implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(AgentRun.class);

    @Inject
    AgentConfig config;

    @Inject
    Vertx vertx;

    @Inject
    Identity identity;

    @Inject
    Machine machine;

    @Inject
    SnapshotStore snapshots;

    @Inject
    DiskStore store;

    @Inject
    Outbox outbox;

    @Inject
    FirmwareMemory firmware;

    @Inject
    BootSide boot;

    @Inject
    AgentMetrics metrics;

    @Inject
    AgentHolder holder;

    @Override
    public int run(String... args) throws InterruptedException {
        var parts = new AgentParts(
                config,
                identity,
                machine,
                snapshots,
                store,
                outbox,
                firmware,
                boot,
                metrics,
                new RealConnections(config),
                AgentMain.version());
        if (args.length > 0 && args[0].equals(AgentMain.TRAIN)) {
            return Training.run(parts, vertx);
        }
        LOG.infof(
                "event=agent-started agent=%s start=%d version=%s state-dir=%s",
                identity.agentId(), identity.starts(), AgentMain.version(), config.stateDir());
        try (var agent = new PeerAgent(parts, new ContentClient(vertx))) {
            gauges(agent);
            holder.set(agent);
            agent.start();
            Quarkus.waitForExit();
        } finally {
            holder.set(null);
        }
        return 0;
    }

    private void gauges(PeerAgent agent) {
        metrics.gauge(
                "pxemesh_mesh_members",
                () -> agent.segments().stream()
                        .mapToInt(segment -> segment.members().size())
                        .sum());
        metrics.gauge(
                "pxemesh_uplink_segments",
                () -> agent.segments().stream()
                        .filter(segment -> segment.isUplink())
                        .count());
        metrics.gauge("pxemesh_events_waiting", outbox::waiting);
        metrics.gauge(
                "pxemesh_segment_findings",
                () -> agent.segments().stream()
                        .mapToInt(segment -> segment.watch().findings().size())
                        .sum());
        metrics.gauge("pxemesh_content_packages", () -> agent.swarm().whole().size());
        metrics.gauge("pxemesh_content_bytes", store::adoptedBytes);
        metrics.gauge("pxemesh_wan_bytes_per_second", () -> agent.wan().status().bytesPerSecond());
        metrics.gauge("pxemesh_wan_queueing_ms", () -> agent.wan().status().queueingMillis());
        metrics.gauge("pxemesh_wan_base_delay_ms", () -> agent.wan().status().baseMillis());
        metrics.gauge(
                "pxemesh_wan_link_bytes_per_second", () -> agent.wan().status().linkBytesPerSecond());
        for (var by : WanStatus.LIMITS) {
            metrics.gauge(
                    "pxemesh_wan_limited_by",
                    by,
                    () -> agent.wan().status().limitedBy().equals(by) ? 1 : 0);
        }
        metrics.gauge("pxemesh_snapshot_records", () -> snapshots.told().records());
    }
}
