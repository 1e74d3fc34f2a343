package org.pxemesh.agent.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.NetUtil;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.Monotonic;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.agent.host.DatagramWriter;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.Agreement;
import org.pxemesh.netboot.tftp.ErrorCode;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpEffect;
import org.pxemesh.netboot.tftp.TftpEvent;
import org.pxemesh.netboot.tftp.TftpPacket;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferLimits;

/**
 * The TFTP server of one segment. Requests come in on port 69; all transfers run over one second port, told apart by
 * the client's address and port. One socket for all of them lets one system call read or write the packets of many
 * clients, and a neighbour that takes an address over needs to know no port. Boot thread only.
 */
public final class TftpServer {

    /** Where requests come in. */
    public static final int PORT = 69;

    /** Where transfers run. */
    public static final int TRANSFER_PORT = 7468;

    private static final Logger LOG = Logger.getLogger(TftpServer.class);
    private static final int MAX_TRANSFERS = 2048;
    private static final long TICK_MILLIS = 50;

    /** A finished transfer is remembered so long, because its last ACK may come twice. */
    private static final long LINGER_MILLIS = 3_000;

    private final BootDesk desk;
    private final EventLoop loop;
    private final TransferLimits limits;
    private final DatagramWriter datagrams;
    private final BootMetrics metrics;
    private final ReadAhead buffers;
    private final LongObjectHashMap<Transfer> transfers = new LongObjectHashMap<>();
    private @Nullable Channel transferChannel;
    private @Nullable ScheduledFuture<?> ticker;

    /** @param datagrams how windows leave on the transfer channel */
    public TftpServer(
            BootDesk desk, EventLoop loop, TransferLimits limits, DatagramWriter datagrams, BootMetrics metrics) {
        this.desk = desk;
        this.loop = loop;
        this.limits = limits;
        this.datagrams = datagrams;
        this.metrics = metrics;
        this.buffers = new ReadAhead(limits.maxWindowBytes() + limits.mtu());
    }

    /** The handler of port 69. */
    public SimpleChannelInboundHandler<DatagramPacket> requests() {
        return new SimpleChannelInboundHandler<>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                onRequest(packet);
            }
        };
    }

    /** The handler of the transfer port. */
    public SimpleChannelInboundHandler<DatagramPacket> transfers() {
        return new SimpleChannelInboundHandler<>() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                transferChannel = context.channel();
            }

            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                onTransfer(packet);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext context) {
                context.flush(); // the answers to all packets of one read leave together
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                // A datagram that did not leave is a datagram lost on the way: the client's silence is dealt with.
                LOG.debugf(cause, "a datagram of a transfer was not sent");
            }
        };
    }

    /** Drops all transfers. */
    public void close() {
        transfers.values().forEach(this::closeFile);
        transfers.clear();
        if (ticker != null) {
            ticker.cancel(false);
        }
    }

    private void onRequest(DatagramPacket packet) {
        InetSocketAddress client = packet.sender();
        switch (TftpCodec.decode(packet.content().nioBuffer())) {
            case Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request) -> begin(client, request);
            case Decoded.Ok<TftpPacket>(TftpPacket.WriteRequest write) ->
                refuse(client, ErrorCode.ACCESS_VIOLATION, "this server only sends files");
            case Decoded.Ok<TftpPacket> other -> refuse(client, ErrorCode.UNKNOWN_TRANSFER, "no transfer here");
            case Decoded.Malformed<TftpPacket> malformed -> {
                metrics.malformed("tftp");
                refuse(client, ErrorCode.ILLEGAL_OPERATION, malformed.reason());
            }
        }
        if (transferChannel != null) {
            transferChannel.flush();
        }
    }

    /** Address and port in one number; 0 for what is no IPv4 address, which no client of an IPv4 socket is. */
    private static long key(InetSocketAddress client) {
        return client.getAddress() instanceof Inet4Address ipv4
                ? (long) NetUtil.ipv4AddressToInt(ipv4) << 16 | client.getPort()
                : 0;
    }

    private void begin(InetSocketAddress client, TftpPacket.ReadRequest request) {
        long now = Monotonic.millis();
        Transfer running = transfers.get(key(client));
        if (running != null
                && running.isFor(request.fileName())
                && running.session().phase() != TftpSession.Phase.DONE) {
            advance(running, new TftpEvent.RequestRepeated(), now);
            return;
        }
        if (!request.mode().equals("octet")) {
            refuse(client, ErrorCode.ILLEGAL_OPERATION, "mode " + request.mode() + " is not served; use octet");
            return;
        }
        if (transfers.size() >= MAX_TRANSFERS || !(client.getAddress() instanceof Inet4Address address)) {
            refuse(client, ErrorCode.UNDEFINED, "too many transfers, try again");
            return;
        }
        Optional<BootSession> boot = desk.sessionOf(Ipv4Address.of(address), now);
        Optional<ServedFile> file = boot.flatMap(session -> desk.file(session, request.fileName()));
        if (boot.isEmpty() || file.isEmpty()) {
            LOG.debugf("refused client=%s path=%s planned=%s", client, request.fileName(), boot.isPresent());
            refuse(client, ErrorCode.NOT_FOUND, "not in this machine's boot plan");
            return;
        }
        start(client, boot.get(), file.get(), request, now);
    }

    private void start(
            InetSocketAddress client, BootSession boot, ServedFile file, TftpPacket.ReadRequest request, long now) {
        try {
            Blocks blocks = Blocks.open(file, buffers);
            Agreement agreement = Agreement.negotiate(request.options(), file.size(), limits);
            TftpSession.Step step = TftpSession.begin(agreement, file.size(), now);
            Transfer transfer = new Transfer(client, boot, file, request.fileName(), blocks, step.session(), now);
            Transfer old = transfers.put(key(client), transfer);
            if (old != null) {
                closeFile(old);
            }
            perform(transfer, step.effect(), now);
            if (ticker == null) {
                ticker = loop.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            LOG.warnf("cannot read path=%s file=%s: %s", file.path(), file, e.getMessage());
            refuse(client, ErrorCode.UNDEFINED, "cannot read the file");
        }
    }

    private void onTransfer(DatagramPacket packet) {
        Transfer transfer = transfers.get(key(packet.sender()));
        ByteBuf content = packet.content();
        // Nearly all that comes here is an ACK: its two numbers are looked at in place.
        int block = content.readableBytes() < TftpCodec.DATA_HEADER
                ? -1
                : TftpCodec.ackBlock(content.getInt(content.readerIndex()));
        if (transfer == null) {
            if (block >= 0) {
                refuse(packet.sender(), ErrorCode.UNKNOWN_TRANSFER, "no such transfer");
            }
            return;
        }
        long now = Monotonic.millis();
        if (block >= 0) {
            advance(transfer, new TftpEvent.Acked(block), now);
            return;
        }
        switch (TftpCodec.decode(content.nioBuffer())) {
            case Decoded.Ok<TftpPacket>(TftpPacket.ErrorPacket(ErrorCode code, String message)) ->
                advance(transfer, new TftpEvent.ErrorReceived(code, message), now);
            case Decoded.Ok<TftpPacket> other -> {
                // nothing else is for a sender; the session lives on
            }
            case Decoded.Malformed<TftpPacket> malformed -> metrics.malformed("tftp");
        }
    }

    private void advance(Transfer transfer, TftpEvent event, long now) {
        TftpSession.Step step = transfer.session().on(event, now);
        transfer.session(step.session());
        perform(transfer, step.effect(), now);
    }

    private void perform(Transfer transfer, TftpEffect effect, long now) {
        switch (effect) {
            case TftpEffect.Nothing nothing -> {}
            case TftpEffect.SendOptionAck ack ->
                write(
                        transfer.client(),
                        Unpooled.wrappedBuffer(TftpCodec.encodeOptionAck(
                                transfer.session().agreement().acknowledged())));
            case TftpEffect.SendBlocks blocks -> send(transfer, blocks);
            case TftpEffect.Finished finished -> finish(transfer, finished.acknowledged(), now);
            case TftpEffect.Aborted aborted -> end(transfer, "aborted");
            case TftpEffect.Failed failed -> {
                LOG.infof(
                        "transfer failed client=%s path=%s reason=%s",
                        transfer.client(), transfer.file().path(), failed.reason());
                end(transfer, "failed");
            }
        }
    }

    private void send(Transfer transfer, TftpEffect.SendBlocks wanted) {
        Channel channel = transferChannel;
        if (channel == null) {
            return;
        }
        TftpSession session = transfer.session();
        int length = Blocks.encodedLength(session, wanted.first(), wanted.count());
        ByteBuf out = channel.alloc().directBuffer(length);
        try {
            transfer.blocks().write(session, wanted.first(), wanted.count(), out);
        } catch (IOException e) {
            out.release();
            LOG.warnf("cannot read path=%s: %s", transfer.file().path(), e.getMessage());
            refuse(transfer.client(), ErrorCode.UNDEFINED, "cannot read the file");
            TftpEvent broken = new TftpEvent.ErrorReceived(ErrorCode.UNDEFINED, "unreadable");
            transfer.session(session.on(broken, Monotonic.millis()).session());
            end(transfer, "failed");
            return;
        }
        transfer.countSent(wanted);
        int packet = TftpCodec.DATA_HEADER + session.agreement().blockSize();
        if (wanted.count() == 1) {
            write(transfer.client(), out);
        } else {
            datagrams.write(channel, out, packet, transfer.client());
        }
    }

    private void finish(Transfer transfer, boolean acknowledged, long now) {
        TftpSession session = transfer.session();
        metrics.tftpBytes(session.fileLength());
        desk.reporter()
                .served(
                        transfer.boot(),
                        new Served(
                                "tftp",
                                transfer.file().path(),
                                session.fileLength(),
                                transfer.seconds(now),
                                session.agreement().blockSize(),
                                session.agreement().windowSize(),
                                transfer.retransmits(),
                                acknowledged),
                        now);
        end(transfer, "finished");
    }

    /** Ended transfers stay until the next tick finds them old, so that late packets of theirs meet silence. */
    private void end(Transfer transfer, String outcome) {
        metrics.tftpTransfer(outcome);
        closeFile(transfer);
    }

    private void closeFile(Transfer transfer) {
        if (transfer.closes()) {
            try {
                transfer.blocks().close();
            } catch (IOException e) {
                LOG.debugf(e, "closing %s", transfer.file().path());
            }
        }
    }

    private void tick() {
        long now = Monotonic.millis();
        for (Iterator<Transfer> all = transfers.values().iterator(); all.hasNext(); ) {
            Transfer transfer = all.next();
            TftpSession session = transfer.session();
            if (session.phase() != TftpSession.Phase.DONE) {
                advance(transfer, new TftpEvent.Tick(), now);
            } else if (now - session.sentAt() > LINGER_MILLIS) {
                all.remove();
            }
        }
        if (transferChannel != null) {
            transferChannel.flush();
        }
        if (transfers.isEmpty() && ticker != null) {
            ticker.cancel(false); // an idle agent has no timers
            ticker = null;
        }
    }

    private void refuse(InetSocketAddress client, ErrorCode code, String message) {
        metrics.tftpTransfer("refused");
        write(client, Unpooled.wrappedBuffer(TftpCodec.encodeError(code, message)));
    }

    private void write(InetSocketAddress client, ByteBuf content) {
        if (transferChannel == null) {
            content.release();
        } else {
            // Nobody waits for a datagram to have left.
            transferChannel.write(new DatagramPacket(content, client), transferChannel.voidPromise());
        }
    }
}
