package org.pxemesh.agent.dhcp;

import io.netty.channel.Channel;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ReplyDestination;

/**
 * A boot client's packet with all that is needed to answer it, now or 60 ms later.
 *
 * @param channel the socket that heard it
 * @param arrivedNanos monotonic, for the latency of the answer
 */
record Question(
        DhcpPacket packet, ClientFacts facts, ReplyDestination destination, Channel channel, long arrivedNanos) {}
