package org.pxemesh.agent.mesh;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.jgroups.util.DefaultSocketFactory;

/**
 * Connections that the kernels of both ends look after: one whose other end is gone without a word breaks within four
 * seconds, and a process without a processor does not look like that, because its kernel answers. Where a system cannot
 * do so, heartbeats find it (see {@link MeshStack}).
 */
final class WatchedSockets extends DefaultSocketFactory {
    /** Seconds of silence until the first question, seconds between questions, and how many stay without an answer. */
    private static final Map<SocketOption<Integer>, Integer> WATCH = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 1,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 1,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    @Override
    public SocketChannel createSocketChannel(String service) throws IOException {
        return watched(super.createSocketChannel(service));
    }

    /** What is accepted inherits it. */
    @Override
    public ServerSocketChannel createServerSocketChannel(String service) throws IOException {
        return watched(super.createServerSocketChannel(service));
    }

    private static <C extends NetworkChannel> C watched(C channel) throws IOException {
        for (var option : WATCH.entrySet()) {
            if (channel.supportedOptions().contains(option.getKey())) {
                channel.setOption(option.getKey(), option.getValue());
            }
        }
        return channel;
    }
}
