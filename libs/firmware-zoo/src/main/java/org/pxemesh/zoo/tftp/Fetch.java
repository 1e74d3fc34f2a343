package org.pxemesh.zoo.tftp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.zoo.Program;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.ZooEvent;
import org.pxemesh.zoo.tftp.FetchStage.Asking;
import org.pxemesh.zoo.tftp.FetchStage.End;
import org.pxemesh.zoo.tftp.FetchStage.Over;
import org.pxemesh.zoo.tftp.FetchStage.Receiving;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.Tftp;

/**
 * One TFTP transfer, from the client's side. Every block that is not the next one is answered by an ACK of the last good
 * one, as EDK2 does (Mtftp4RrqHandleData): one lost block of a window brings a volley of equal ACKs.
 *
 * @param server where requests go
 * @param localPort the client's port; a stranger's, where needed, is the one above
 */
public record Fetch(Errand errand, Endpoint server, int localPort, FetchStage stage, Tally tally) implements Program {

    public static Fetch of(Errand errand, Endpoint server, int localPort) {
        return new Fetch(errand, server, localPort, new Asking(0, 0, 0), Tally.EMPTY);
    }

    /** How it ended; empty while it runs. */
    public Optional<Over> end() {
        return stage instanceof Over over ? Optional.of(over) : Optional.empty();
    }

    @Override
    public boolean isOver() {
        return stage instanceof Over;
    }

    @Override
    public long dueAt() {
        int wait = errand.manners().timeoutMillis();
        return switch (stage) {
            case Asking s -> s.sentAt() + wait;
            case Receiving s -> s.sentAt() + wait;
            case Over s -> Long.MAX_VALUE;
        };
    }

    @Override
    public Step on(ZooEvent event, long now) {
        return switch (event) {
            case ZooEvent.Started started -> started(now);
            case ZooEvent.Tick tick -> tick(now);
            case ZooEvent.Received(Datagram datagram) -> received(datagram, now);
        };
    }

    private Step started(long now) {
        ZooEffect ask = send(server.port(), request());
        Fetch next = at(new Asking(1, now, now));
        return errand.mischief().asksTwice() ? Step.of(next, ask, ask) : Step.of(next, ask);
    }

    private byte[] request() {
        return Tftp.readRequest(errand.name(), errand.mode(), errand.manners().options());
    }

    private Step tick(long now) {
        if (now < dueAt()) {
            return Step.of(this);
        }
        return switch (stage) {
            case Over s -> Step.of(this);
            case Asking s when s.tries() >= errand.manners().tries() -> over(End.GAVE_UP, "no answer to the request");
            case Asking s -> Step.of(at(new Asking(s.tries() + 1, now, s.startedAt())), send(server.port(), request()));
            case Receiving s
            when s.tries() >= errand.manners().tries() -> over(End.GAVE_UP, "silence after block " + s.last());
            case Receiving s -> acknowledge(at(s.tried(s.tries() + 1, now)), s.port(), s.last());
        };
    }

    private Step received(Datagram datagram, long now) {
        byte[] packet = datagram.payload();
        if (datagram.from().address() != server.address() || isOver()) {
            return Step.of(this);
        }
        if (datagram.to().port() != localPort) {
            boolean error = Tftp.operation(packet) == Tftp.ERROR;
            return Step.of(error ? with(tally.intruder(Tftp.number(packet))) : this);
        }
        if (stage instanceof Receiving s && datagram.from().port() != s.port()) {
            return Step.of(this, send(datagram.from().port(), Tftp.error(5, "unknown transfer")));
        }
        Fetch heard = stage instanceof Asking s
                ? with(tally.firstReply(now - s.startedAt(), datagram.from().port()))
                : this;
        return switch (Tftp.operation(packet)) {
            case Tftp.OACK -> heard.optionAck(packet, datagram.from().port(), now);
            case Tftp.DATA -> heard.data(packet, datagram.from().port(), now);
            case Tftp.ERROR -> heard.over(End.REFUSED, "ERROR " + Tftp.number(packet) + " " + Tftp.message(packet));
            default -> Step.of(heard);
        };
    }

    private Step optionAck(byte[] packet, int port, long now) {
        if (stage instanceof Receiving s) {
            return s.last() == 0 ? acknowledge(this, port, 0) : Step.of(this);
        }
        Map<String, String> granted = Tftp.options(packet);
        Optional<String> complaint = OackCheck.complaint(errand.manners().options(), granted);
        Fetch told = with(tally.granted(granted));
        if (complaint.isPresent()) {
            return told.over(End.BAD_OPTIONS, complaint.get(), send(port, Tftp.error(8, "bad options")));
        }
        if (errand.aim() != Errand.Aim.GET) {
            int code = errand.aim() == Errand.Aim.PROBE ? 8 : 0;
            return told.over(
                    End.SIZE_TOLD,
                    granted.getOrDefault("tsize", "no tsize"),
                    send(port, Tftp.error(code, "User aborted the transfer")));
        }
        int blocks = Integer.parseInt(granted.getOrDefault("blksize", Integer.toString(Manners.DEFAULT_BLOCK)));
        int window = Integer.parseInt(granted.getOrDefault("windowsize", "1"));
        return acknowledge(told.receiving(port, blocks, window, now), port, 0);
    }

    private Fetch receiving(int port, int blockSize, int window, long now) {
        return at(new Receiving(
                port, blockSize, window, 0, 0, 1, now, errand.mischief().lost()));
    }

    private Step data(byte[] packet, int port, long now) {
        if (stage instanceof Asking) {
            return receiving(port, Manners.DEFAULT_BLOCK, 1, now).data(packet, port, now);
        }
        Receiving s = (Receiving) stage;
        Fetch counted = with(tally.packet());
        long expected = s.last() + 1;
        if ((expected & 0xffff) != Tftp.number(packet)) {
            return acknowledge(counted.at(s.tried(s.tries(), now)), s.port(), s.last());
        }
        if (s.lost().contains(expected)) {
            Set<Long> left = new HashSet<>(s.lost());
            left.remove(expected);
            return Step.of(counted.at(new Receiving(
                    port, s.blockSize(), s.window(), s.last(), s.inWindow(), s.tries(), s.sentAt(), Set.copyOf(left))));
        }
        return counted.with(counted.tally.payload(packet)).accepted(s, packet.length - 4, now);
    }

    private Step accepted(Receiving s, int length, long now) {
        long block = s.last() + 1;
        boolean full = s.inWindow() + 1 == s.window();
        if (length < s.blockSize()) {
            return acknowledge(at(new Over(End.COMPLETE, tally.bytes() + " bytes")), s.port(), block);
        }
        Fetch next = at(new Receiving(
                s.port(), s.blockSize(), s.window(), block, full ? 0 : s.inWindow() + 1, 1, now, s.lost()));
        if (!full) {
            return Step.of(next);
        }
        Step step = acknowledge(next, s.port(), block);
        if (!errand.mischief().intrudes() || block != s.window()) {
            return step;
        }
        List<ZooEffect> effects = new ArrayList<>(step.effects());
        effects.add(new ZooEffect.Send(localPort + 1, new Endpoint(server.address(), s.port()), Tftp.ack(1)));
        return new Step(next, effects);
    }

    private Step acknowledge(Fetch next, int port, long block) {
        ZooEffect ack = send(port, errand.mischief().tail(Tftp.ack((int) block)));
        return new Step(next, java.util.Collections.nCopies(errand.mischief().acks(), ack));
    }

    private ZooEffect send(int port, byte[] payload) {
        return new ZooEffect.Send(localPort, new Endpoint(server.address(), port), payload);
    }

    private Step over(End end, String detail, ZooEffect... effects) {
        return Step.of(at(new Over(end, detail)), effects);
    }

    private Fetch at(FetchStage next) {
        return new Fetch(errand, server, localPort, next, tally);
    }

    private Fetch with(Tally next) {
        return new Fetch(errand, server, localPort, stage, next);
    }
}
