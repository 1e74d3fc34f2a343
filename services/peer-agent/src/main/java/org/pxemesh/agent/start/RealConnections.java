package org.pxemesh.agent.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.UUID;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.agent.mesh.JGroupsMembership;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.segment.AgentParts.Connections;
import org.pxemesh.agent.uplink.HqLink;
import org.pxemesh.agent.uplink.KafkaHqLink;

/** JGroups on the segment, Kafka at HQ. */
public record RealConnections(AgentConfig config) implements Connections {
    private static final int PROBE_MILLIS = 2_000;

    @Override
    public Membership membership(UUID self, NetworkPort port) {
        return new JGroupsMembership(self, port.address(), config.mesh());
    }

    @Override
    public HqLink hq(UUID self) {
        var servers = config.hq()
                .kafka()
                .orElseThrow(() -> new StartProblem("pxemesh.hq.kafka is not set: this agent cannot be uplink"));
        return new KafkaHqLink(servers, "agent-" + self);
    }

    /** A TCP connection is enough: thousands of peers must not each speak Kafka to find out. */
    @Override
    public boolean hqAnswers() {
        for (var server : config.hq().kafka().orElse("").split(",", -1)) {
            var colon = server.lastIndexOf(':');
            if (colon > 0
                    && answers(
                            server.substring(0, colon).strip(),
                            server.substring(colon + 1).strip())) {
                return true;
            }
        }
        return false;
    }

    private static boolean answers(String host, String port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), PROBE_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
