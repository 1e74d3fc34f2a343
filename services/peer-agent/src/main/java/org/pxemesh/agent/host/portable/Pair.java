package org.pxemesh.agent.host.portable;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.PromiseNotifier;

/**
 * Two sockets on one port that look like one: the wildcard one hears broadcasts; the one with the interface's address gets
 * what is sent to it, and sends. Linux and Windows let a limited broadcast leave by the interface whose address its socket
 * has; without one, by the default route's.
 */
final class Pair {

    private Pair() {}

    /** What the first one is told to send leaves by the second, and they close together. */
    static void tie(Channel hears, Channel sends) {
        hears.pipeline().addFirst(new Instead(sends));
        hears.closeFuture().addListener(closed -> sends.close());
    }

    /** Hands what a socket got to another one's handlers. */
    static final class Towards extends ChannelInboundHandlerAdapter {
        private final Channel hears;

        Towards(Channel hears) {
            this.hears = hears;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object datagram) {
            hears.pipeline().fireChannelRead(datagram);
        }
    }

    /** Sends by another socket. */
    private static final class Instead extends ChannelOutboundHandlerAdapter {
        private final Channel sends;

        Instead(Channel sends) {
            this.sends = sends;
        }

        @Override
        public void write(ChannelHandlerContext context, Object datagram, ChannelPromise promise) {
            PromiseNotifier.cascade(sends.write(datagram), promise);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            sends.flush();
        }
    }
}
