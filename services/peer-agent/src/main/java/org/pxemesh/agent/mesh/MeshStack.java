package org.pxemesh.agent.mesh;

import java.net.InetAddress;
import java.util.List;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.UDP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.pxemesh.agent.config.AgentConfig;

/**
 * The JGroups protocols of a segment (decision 034). Who died is known by its connection: each member holds one to the
 * next in the view, and the kernels look after it, so that a killed member is out within a second or two, one whose cable
 * broke after about five seconds, and one that merely has no processor stays. Heartbeats, which wake everybody for everybody, are
 * rare and find what a kernel hides: a process that stands still. All of it stays on the segment: multicast with TTL 1,
 * bound to the interface's address.
 */
final class MeshStack {
    /** With 50 members, eight wake-ups a second for each. */
    private static final int MILLIS_BETWEEN_HEARTBEATS = 6_000;

    private static final int MILLIS_TO_SUSPECT = 4 * MILLIS_BETWEEN_HEARTBEATS;

    /** How long the first member of a segment looks for others. */
    static final int JOIN_MILLIS = 600;

    private static final int FAILURE_PORT_OFFSET = 100;

    private MeshStack() {}

    static List<Protocol> protocols(InetAddress address, AgentConfig.Mesh config, PatientVerification verification)
            throws Exception {
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
        udp.setSocketFactory(new WatchedSockets());

        var gms = new GMS();
        gms.printLocalAddress(false);
        gms.setJoinTimeout(JOIN_MILLIS);
        // A member that is not let in tries again, slower each time: alone it would only be one more group to merge.
        gms.setMaxJoinAttempts(0);
        gms.setLeaveTimeout(300);
        gms.setMergeTimeout(5_000);
        gms.setViewAckCollectionTimeout(1_000);
        gms.setMembershipChangePolicy(new LargestGroupLeads());

        var sockets = new FD_SOCK2()
                .setBindAddress(address)
                .setOffset(FAILURE_PORT_OFFSET)
                .setPortRange(1);
        // A joiner that starts on a busy machine answers late, and FD_SOCK2 suspects whoever does not answer in time.
        sockets.setValue("connect_timeout", 6_000);

        return List.of(
                udp,
                new PatientDiscovery(gms),
                new PacedMerge(),
                sockets,
                new FD_ALL3().setTimeout(MILLIS_TO_SUSPECT).setInterval(MILLIS_BETWEEN_HEARTBEATS),
                verification,
                new NAKACK2().setXmitInterval(1_000),
                new UNICAST3().setXmitInterval(1_000),
                new STABLE(),
                gms,
                new FRAG2().setFragSize(1_400 * 20));
    }
}
