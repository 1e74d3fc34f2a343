package org.pxemesh.agent.mesh;

import java.net.InetAddress;
import java.util.List;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.PING;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.pxemesh.agent.config.AgentConfig;

/**
 * The JGroups protocols of a segment, tuned for quick views: a killed member is out after about 0.3 s, one whose link
 * broke after about 2 s. All of it stays on the segment: multicast with TTL 1, bound to the interface's address.
 */
final class MeshStack {
    private static final int MILLIS_TO_SUSPECT = 1_500;
    private static final int MILLIS_BETWEEN_HEARTBEATS = 400;
    private static final int FAILURE_PORT_OFFSET = 100;

    private MeshStack() {}

    static List<Protocol> protocols(InetAddress address, AgentConfig.Mesh config) throws Exception {
        var udp = new UDP();
        udp.setMcastGroupAddr(InetAddress.ofLiteral(config.group()));
        udp.setMulticastPort(config.groupPort());
        udp.setIpTTL(1);
        udp.setBindAddress(address);
        udp.setBindPort(config.bindPort());
        // A second agent on the same address (tests) takes the next port.
        udp.setPortRange(50);
        udp.useVirtualThreads(true);
        udp.setBundlerType("transfer-queue");
        udp.setTimeServiceInterval(5_000);
        udp.setUcastRecvBufSize(512 * 1024);
        udp.setMcastRecvBufSize(512 * 1024);
        udp.setMcastSendBufSize(256 * 1024);
        udp.setUcastSendBufSize(256 * 1024);

        var gms = new GMS();
        gms.printLocalAddress(false);
        gms.setJoinTimeout(600);
        gms.setLeaveTimeout(300);
        gms.setMergeTimeout(2_000);
        gms.setViewAckCollectionTimeout(1_000);

        var sockets = new FD_SOCK2()
                .setBindAddress(address)
                .setOffset(FAILURE_PORT_OFFSET)
                .setPortRange(2);
        // A joiner that starts on a busy machine answers late; who gives up on it is blind for that neighbour's death
        // until the next view, because FD_SOCK2 tries once.
        sockets.setValue("connect_timeout", 4_000);

        return List.of(
                udp,
                new PING(),
                new MERGE3().setMinInterval(1_000).setMaxInterval(3_000),
                sockets,
                new FD_ALL3().setTimeout(MILLIS_TO_SUSPECT).setInterval(MILLIS_BETWEEN_HEARTBEATS),
                new VERIFY_SUSPECT2().setTimeout(300),
                new NAKACK2().setXmitInterval(1_000),
                new UNICAST3().setXmitInterval(1_000),
                new STABLE(),
                gms,
                new FRAG2().setFragSize(1_400 * 20));
    }
}
