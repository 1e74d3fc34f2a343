package org.pxemesh.agent.segment;

import java.util.UUID;
import org.pxemesh.agent.BootSide;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.host.Machine;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.HqLink;
import org.pxemesh.agent.uplink.Outbox;
import org.pxemesh.agent.uplink.SnapshotStore;

/** What all segments of an agent share. */
public record AgentParts(
        AgentConfig config,
        Identity identity,
        Machine machine,
        SnapshotStore snapshots,
        DiskStore store,
        Outbox outbox,
        FirmwareMemory firmware,
        BootSide boot,
        AgentMetrics metrics,
        Connections connections,
        String version) {
    /** Makes connections; tests put others here. */
    public interface Connections {
        Membership membership(UUID self, NetworkPort port);

        HqLink hq(UUID self);

        /** Whether HQ can be reached from here; may block for two seconds. */
        boolean hqAnswers();
    }

    UUID self() {
        return identity.agentId();
    }
}
