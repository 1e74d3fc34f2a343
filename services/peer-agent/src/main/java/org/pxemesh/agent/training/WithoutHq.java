package org.pxemesh.agent.training;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.agent.segment.AgentParts;
import org.pxemesh.agent.uplink.HqLink;

/**
 * A segment whose uplink hears nothing of HQ. What speaks to HQ stays out of the cache by that: one peer of a segment needs
 * it, and all of them would keep it in memory, for a cache is mapped as a whole.
 */
record WithoutHq(AgentParts.Connections real) implements AgentParts.Connections {

    @Override
    public Membership membership(UUID self, NetworkPort port) {
        return real.membership(self, port);
    }

    @Override
    public HqLink hq(UUID self) {
        return new Silence();
    }

    @Override
    public boolean hqAnswers() {
        return real.hqAnswers();
    }

    private static final class Silence implements HqLink {
        @Override
        public void open(Listener listener) {}

        @Override
        public void site(@Nullable UUID site) {}

        @Override
        public CompletionStage<Void> publish(List<UpEvent> events) {
            return CompletableFuture.failedFuture(new IllegalStateException("there is no HQ in a training run"));
        }

        @Override
        public void close() {}
    }
}
