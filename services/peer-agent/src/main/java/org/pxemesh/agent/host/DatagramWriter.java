package org.pxemesh.agent.host;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** How a run of datagrams to one address leaves: in one system call where the operating system can. */
@FunctionalInterface
public interface DatagramWriter {

    /**
     * Writes without flushing.
     *
     * @param payloads one after the other; released by the callee
     * @param length of each payload in bytes; the last may be shorter
     */
    void write(Channel channel, ByteBuf payloads, int length, InetSocketAddress to);

    /** One datagram after the other: what every platform can. */
    static void oneByOne(Channel channel, ByteBuf payloads, int length, InetSocketAddress to) {
        try {
            while (payloads.isReadable()) {
                ByteBuf payload = payloads.readRetainedSlice(Math.min(length, payloads.readableBytes()));
                channel.write(new DatagramPacket(payload, to), channel.voidPromise());
            }
        } finally {
            payloads.release();
        }
    }
}
