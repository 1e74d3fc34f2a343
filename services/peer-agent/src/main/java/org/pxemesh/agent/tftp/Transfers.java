package org.pxemesh.agent.tftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.Monotonic;
import org.pxemesh.agent.boot.Readers;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.content.stream.StreamVerdict;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.Agreement;
import org.pxemesh.netboot.tftp.ErrorCode;
import org.pxemesh.netboot.tftp.Handover;
import org.pxemesh.netboot.tftp.RequestGate;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpEffect;
import org.pxemesh.netboot.tftp.TftpEvent;
import org.pxemesh.netboot.tftp.TftpPacket;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferLimits;
import org.pxemesh.netboot.tftp.TransferTable;

/**
 * The transfers of one segment, told apart by the client's address and port. What they do is the netboot library's
 * decision; here it is done. TFTP's thread only.
 */
final class Transfers {

    private static final Logger LOG = Logger.getLogger(Transfers.class);

    /** Ended transfers whose late packets meet silence: their last ACK may come twice. */
    private static final int MOST_ENDED = 1024;

    private final Ipv4Address server;
    private final Consumer<Handover> neighbours;
    private final BatchSockets sockets;
    private final TftpPorts ports;
    private final TransferLimits limits;
    private final BootMetrics metrics;
    private final BootThread boot;
    private final PacketShelf shelf;
    private final RequestGate requests = new RequestGate();
    private final RequestGate refusals = new RequestGate();
    private final TransferTable<Transfer> table = new TransferTable<>(TransferTable.Limits.DEFAULT);
    private final Set<Long> asked = new HashSet<>();
    private final Map<Long, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST_ENDED;
        }
    };

    /**
     * @param server the address that serves
     * @param neighbours are told of long transfers, now and then
     */
    Transfers(
            Ipv4Address server,
            BatchSockets sockets,
            TftpPorts ports,
            TransferLimits limits,
            BootMetrics metrics,
            BootThread boot,
            Consumer<Handover> neighbours) {
        this.server = server;
        this.neighbours = neighbours;
        this.sockets = sockets;
        this.ports = ports;
        this.limits = limits;
        this.metrics = metrics;
        this.boot = boot;
        this.shelf = new PacketShelf(sockets, limits.mostOctets());
    }

    /** Whether nothing runs and nothing is asked: then there is no need to look at the time. */
    boolean isIdle() {
        return table.size() == 0;
    }

    void onDatagram(int i, long now) {
        long client = sockets.sender(i);
        // Nearly all that comes here is an ACK: its two numbers are looked at in place.
        int block = TftpCodec.ackBlock(sockets.head(i));
        Transfer transfer = table.get(client);
        if (transfer != null && transfer.socket() == sockets.socket()) {
            if (block >= 0) {
                if (transfer.hunger().showsLife(now)) {
                    showLife(transfer);
                }
                advance(transfer, acked(transfer, i, block), now);
                return;
            }
            if (sockets.socket() != 0) {
                onOther(transfer, i, now);
                return;
            }
        }
        if (sockets.socket() == 0) {
            onRequest(client, transfer, i, now);
        } else if (block >= 0 && transfer == null && !ended.containsKey(client)) {
            refuseStranger(client, sockets.socket(), ErrorCode.UNKNOWN_TRANSFER, "no such transfer", now);
        }
    }

    private TftpEvent acked(Transfer transfer, int i, int block) {
        if (sockets.length(i) > TftpCodec.DATA_HEADER
                && transfer.session().agreement().clientNamesWindow()) {
            Agreement agreement = transfer.session().agreement();
            int wanted = sockets.octet(i, TftpCodec.DATA_HEADER);
            int window = Math.clamp(wanted, 1, limits.mostBlocks(agreement.blockSize()));
            if (window != agreement.windowSize()) {
                return new TftpEvent.AckedWithWindow(block, window);
            }
        }
        return new TftpEvent.Acked(block);
    }

    private void onOther(Transfer transfer, int i, long now) {
        switch (TftpCodec.decode(sockets.copy(i))) {
            case Decoded.Ok<TftpPacket>(TftpPacket.ErrorPacket(ErrorCode code, String message)) ->
                advance(transfer, new TftpEvent.ErrorReceived(code, message), now);
            case Decoded.Ok<TftpPacket> other -> {
                // nothing else is for a sender; the session lives on
            }
            case Decoded.Malformed<TftpPacket> malformed -> metrics.malformed("tftp");
        }
    }

    private void onRequest(long client, @Nullable Transfer running, int i, long now) {
        switch (TftpCodec.decode(sockets.copy(i))) {
            case Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request) -> onRead(client, running, request, now);
            case Decoded.Ok<TftpPacket>(TftpPacket.ErrorPacket(ErrorCode code, String message))
            when running != null && running.socket() == 0 ->
                advance(running, new TftpEvent.ErrorReceived(code, message), now);
            case Decoded.Ok<TftpPacket>(TftpPacket.WriteRequest write) ->
                refuseStranger(
                        client, answering(client), ErrorCode.ACCESS_VIOLATION, "this server only sends files", now);
            case Decoded.Ok<TftpPacket> other -> {
                if (!ended.containsKey(client)) {
                    refuseStranger(client, answering(client), ErrorCode.UNKNOWN_TRANSFER, "no transfer here", now);
                }
            }
            case Decoded.Malformed<TftpPacket> malformed -> {
                metrics.malformed("tftp");
                refuseStranger(client, answering(client), ErrorCode.ILLEGAL_OPERATION, malformed.reason(), now);
            }
        }
    }

    private int answering(long client) {
        return ports.socketFor(client);
    }

    private void onRead(long client, @Nullable Transfer running, TftpPacket.ReadRequest request, long now) {
        if (!requests.admits(TransferTable.address(client), now)) {
            metrics.tftpTransfer("dropped");
            return;
        }
        if (running != null && running.isFor(request.fileName())) {
            advance(running, new TftpEvent.RequestRepeated(), now);
            return;
        }
        Ipv4Address address = new Ipv4Address(TransferTable.address(client));
        // Of a request that comes again while it is looked at, one answer is enough.
        if (asked.add(client) && !boot.ask(address, request, now, answer -> answered(client, request, answer))) {
            asked.remove(client);
            metrics.tftpTransfer("dropped");
        }
    }

    private void answered(long client, TftpPacket.ReadRequest request, TftpDesk.Answer answer) {
        asked.remove(client);
        switch (answer) {
            case TftpDesk.Answer.Refuse(ErrorCode code, String message) ->
                refuse(client, answering(client), code, message);
            case TftpDesk.Answer.Serve serve -> start(client, request, serve, Monotonic.millis());
        }
    }

    private void start(long client, TftpPacket.ReadRequest request, TftpDesk.Answer.Serve serve, long now) {
        Agreement agreement =
                Agreement.negotiate(request.options(), serve.file().size(), limits);
        if (serve.file() instanceof ServedFile.Arriving part && !mayStream(client, part, agreement)) {
            return;
        }
        TftpSession.Step step = TftpSession.begin(agreement, serve.file().size(), now);
        Transfer transfer = new Transfer(
                client,
                answering(client),
                serve.boot(),
                serve.file(),
                request.fileName(),
                new Blocks(serve.file(), shelf),
                step.session(),
                now);
        ended.remove(client);
        for (Transfer out : table.begin(client, transfer)) {
            closeFile(out);
            metrics.tftpTransfer("dropped");
            if (out == transfer) {
                refuse(client, answering(client), ErrorCode.UNDEFINED, "too many transfers, try again");
                return;
            }
        }
        perform(transfer, step.effect(), now);
    }

    /** A client that would starve is sent away with words before anything is agreed. */
    private boolean mayStream(long client, ServedFile.Arriving part, Agreement agreement) {
        StreamVerdict verdict = boot.arrivals().mayServe(part.stored().digest(), 0, Readers.tftp(agreement));
        metrics.stream(verdict.isNow() ? "begun" : "refused");
        LOG.infof(
                "stream client=%s path=%s begins=%b %s",
                new Ipv4Address(TransferTable.address(client)), part.path(), verdict.isNow(), verdict.words());
        if (!verdict.isNow()) {
            refuse(client, answering(client), ErrorCode.UNDEFINED, "still arriving here: " + verdict.words());
        }
        return verdict.isNow();
    }

    private void advance(Transfer transfer, TftpEvent event, long now) {
        TftpSession.Step step = transfer.session().on(event, now);
        transfer.session(step.session());
        if (transfer.becomesProven()) {
            requests.acknowledged(TransferTable.address(transfer.client()), now);
            refusals.acknowledged(TransferTable.address(transfer.client()), now);
            table.proven(transfer.client());
        }
        perform(transfer, step.effect(), now);
    }

    private void perform(Transfer transfer, TftpEffect effect, long now) {
        switch (effect) {
            case TftpEffect.Nothing nothing -> {}
            case TftpEffect.SendOptionAck ack -> {
                // Who asks from the start knows of no agreement: no block may come before it has that.
                transfer.hunger().ends();
                write(
                        transfer.client(),
                        transfer.socket(),
                        TftpCodec.encodeOptionAck(transfer.session().agreement().acknowledged()));
            }
            case TftpEffect.SendBlocks blocks -> send(transfer, blocks);
            case TftpEffect.Finished finished -> finish(transfer, finished.acknowledged(), now);
            case TftpEffect.Aborted aborted -> end(transfer, "aborted");
            case TftpEffect.Failed failed -> {
                LOG.infof(
                        "transfer failed client=%s path=%s reason=%s",
                        new Ipv4Address(TransferTable.address(transfer.client())),
                        transfer.file().path(),
                        failed.reason());
                end(transfer, "failed");
            }
        }
    }

    private void send(Transfer transfer, TftpEffect.SendBlocks wanted) {
        TftpSession session = transfer.session();
        if (transfer.file() instanceof ServedFile.Arriving part) {
            boot.arrivals().reading(part.stored().digest(), session.offset(wanted.first()));
            if (!transfer.blocks().areThere(session, wanted.first(), wanted.count())) {
                transfer.hunger().begins(wanted, Monotonic.millis());
                return;
            }
            transfer.hunger().ends();
        }
        try {
            sendBlocks(transfer, wanted.first(), wanted.count());
        } catch (IOException e) {
            LOG.warnf("cannot read path=%s: %s", transfer.file().path(), e.getMessage());
            refuse(transfer.client(), transfer.socket(), ErrorCode.UNDEFINED, "cannot read the file");
            end(transfer, "failed");
            return;
        }
        transfer.countSent(wanted);
    }

    private void sendBlocks(Transfer transfer, long first, int count) throws IOException {
        TftpSession session = transfer.session();
        int octets = Blocks.encodedLength(session, first, count);
        transfer.blocks()
                .packets(session, first, count)
                .send(sockets, transfer.socket(), transfer.client(), first, octets);
    }

    /** Sends what came in the meantime; a client that nobody can satisfy any more is told so. */
    private void feed(Transfer transfer, TftpEffect.SendBlocks wanted, long now) {
        if (transfer.blocks().areThere(transfer.session(), wanted.first(), wanted.count())) {
            send(transfer, wanted);
        } else if (transfer.hunger().isOverdue(now)) {
            String words = "the rest of this file does not arrive in time; ask again";
            refuse(transfer.client(), transfer.socket(), ErrorCode.UNDEFINED, words);
            metrics.stream("starved");
            long sent = transfer.session().offset(wanted.first());
            boot.starved(transfer.boot(), transfer.file().path(), sent, words);
            end(transfer, "failed");
        }
    }

    /** The last block that the client has, once more: it asked again, and there is nothing else to say yet. */
    private void showLife(Transfer transfer) {
        TftpEffect.SendBlocks wanted = transfer.hunger().wanted();
        if (wanted == null || wanted.first() < 2) {
            return;
        }
        try {
            sendBlocks(transfer, wanted.first() - 1, 1);
        } catch (IOException e) {
            LOG.debugf(e, "reading %s again", transfer.file().path());
        }
    }

    private void finish(Transfer transfer, boolean acknowledged, long now) {
        TftpSession session = transfer.session();
        metrics.tftpBytes(session.fileLength());
        boot.served(
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

    private void end(Transfer transfer, String outcome) {
        metrics.tftpTransfer(outcome);
        closeFile(transfer);
        if (table.get(transfer.client()) == transfer) {
            table.remove(transfer.client());
        }
        ended.put(transfer.client(), Boolean.TRUE);
    }

    private static void closeFile(Transfer transfer) {
        if (transfer.closes()) {
            try {
                transfer.blocks().close();
            } catch (IOException e) {
                LOG.debugf(e, "closing %s", transfer.file().path());
            }
        }
    }

    /** Looks for clients that are silent. */
    void tick(long now) {
        if (table.size() == 0) {
            return;
        }
        for (Transfer transfer : new ArrayList<>(table.values())) {
            TftpEffect.SendBlocks hungry = transfer.hunger().wanted();
            if (hungry != null) {
                feed(transfer, hungry, now);
            } else if (now >= transfer.session().dueAt()) {
                advance(transfer, new TftpEvent.Tick(), now);
            }
            if (transfer.isToBeTold(now)) {
                transfer.handover(server, sockets.port(transfer.socket())).ifPresent(neighbours);
            }
        }
    }

    /** Goes on with what another server began under this address: the client's next ACK is answered. */
    void takeOver(Handover told, long now) {
        long client = TransferTable.key(told.client().bits(), told.clientPort());
        int socket = answering(client);
        if (!told.server().equals(server) || told.serverPort() != sockets.port(socket)) {
            LOG.warnf(
                    "cannot take over client=%s: it was served from %s:%d, not from here",
                    told.client(), told.server(), told.serverPort());
            return;
        }
        if (!limits.allow(told.agreement())) {
            LOG.warnf("cannot take over client=%s: %s is more than is granted here", told.client(), told.agreement());
            return;
        }
        TftpPacket.ReadRequest request = new TftpPacket.ReadRequest(
                told.path(), "octet", told.agreement().acknowledged());
        boot.ask(told.client(), request, now, answer -> {
            if (answer instanceof TftpDesk.Answer.Serve(BootSession known, ServedFile.OnDisk file)
                    && file.digest().toString().equals(told.digest())) {
                resume(told, client, socket, known, file);
            } else {
                LOG.warnf(
                        "cannot take over client=%s path=%s: its content %s is not here",
                        told.client(), told.path(), told.digest());
            }
        });
    }

    private void resume(Handover told, long client, int socket, BootSession known, ServedFile file) {
        if (table.get(client) != null) {
            return; // the client was quicker and asked anew
        }
        long now = Monotonic.millis();
        Transfer transfer =
                new Transfer(client, socket, known, file, told.path(), new Blocks(file, shelf), told.resume(now), now);
        table.begin(client, transfer).forEach(Transfers::closeFile);
        LOG.infof("took over client=%s path=%s block=%d run=%s", told.client(), file.path(), told.block(), told.run());
    }

    void close() {
        table.values().forEach(Transfers::closeFile);
    }

    /** An answer to what is no request: bounded by itself, so that garbage keeps nobody from asking. */
    private void refuseStranger(long client, int socket, ErrorCode code, String message, long now) {
        if (refusals.admits(TransferTable.address(client), now)) {
            refuse(client, socket, code, message);
        } else {
            metrics.tftpTransfer("dropped");
        }
    }

    private void refuse(long client, int socket, ErrorCode code, String message) {
        metrics.tftpTransfer("refused");
        write(client, socket, TftpCodec.encodeError(code, message));
    }

    private void write(long client, int socket, byte[] packet) {
        sockets.send(socket, client, packet);
    }
}
