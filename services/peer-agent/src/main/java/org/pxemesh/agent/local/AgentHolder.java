package org.pxemesh.agent.local;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.PeerAgent;

/** The running agent, once it runs: the local face answers before and after. */
@ApplicationScoped
public class AgentHolder {
    private volatile @Nullable PeerAgent agent;

    public Optional<PeerAgent> agent() {
        return Optional.ofNullable(agent);
    }

    public void set(@Nullable PeerAgent running) {
        agent = running;
    }
}
