package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.tftp.Agreement;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpEffect;
import org.pxemesh.netboot.tftp.TftpEvent;
import org.pxemesh.netboot.tftp.TftpPacket;
import org.pxemesh.netboot.tftp.TftpSession;
import org.pxemesh.netboot.tftp.TransferLimits;

/**
 * A transfer that a client drives with whatever it likes: each packet stands behind an octet with its length and one with
 * the milliseconds before it. What may never happen is looked at after each.
 */
final class TransferDrive {

    private static final long FILE_LENGTH = 300_000_000;
    private static final TransferLimits LIMITS = new TransferLimits(1500, 64, 62 * 1024, true, 0);

    private TftpSession session;
    private long now;
    private boolean askedAgain;
    private String last;

    private TransferDrive(TftpSession.Step begun) {
        session = begun.session();
        last = begun.effect().toString();
    }

    /** The first packet is the request. */
    static Object of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.remaining() < 2
                || !(TftpCodec.decode(packet(in, new long[1]))
                        instanceof Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request))) {
            return "no request";
        }
        Agreement agreement = Agreement.negotiate(request.options(), FILE_LENGTH, LIMITS);
        TransferDrive drive = new TransferDrive(TftpSession.begin(agreement, FILE_LENGTH, 0));
        int packets = 0;
        while (in.remaining() >= 2) {
            long[] pause = new long[1];
            ByteBuffer packet = packet(in, pause);
            drive.hear(packet, pause[0]);
            packets++;
        }
        return agreement + " packets=" + packets + " phase=" + drive.session.phase() + " acked=" + drive.session.acked()
                + " last=" + drive.last;
    }

    private static ByteBuffer packet(ByteBuffer in, long[] pause) {
        int length = in.get() & 0xff;
        pause[0] = (in.get() & 0xff) * 40L;
        ByteBuffer packet = in.slice(in.position(), Math.min(length, in.remaining()));
        in.position(in.position() + packet.remaining());
        return packet;
    }

    private void hear(ByteBuffer packet, long pause) {
        now += pause;
        if (now >= session.dueAt()) {
            step(new TftpEvent.Tick());
        }
        int fifth = packet.remaining() > 4 ? packet.get(4) & 0xff : 0;
        switch (TftpCodec.decode(packet)) {
            case Decoded.Ok<TftpPacket>(TftpPacket.Ack(int block)) ->
                step(
                        fifth > 0 && session.agreement().clientNamesWindow()
                                ? new TftpEvent.AckedWithWindow(
                                        block,
                                        Math.clamp(
                                                fifth,
                                                1,
                                                LIMITS.mostBlocks(
                                                        session.agreement().blockSize())))
                                : new TftpEvent.Acked(block));
            case Decoded.Ok<TftpPacket>(TftpPacket.ErrorPacket(var code, String message)) ->
                step(new TftpEvent.ErrorReceived(code, message));
            case Decoded.Ok<TftpPacket>(TftpPacket.ReadRequest request) -> step(new TftpEvent.RequestRepeated());
            default -> {
                // a server drops it
            }
        }
    }

    private void step(TftpEvent event) {
        long before = session.acked();
        TftpSession.Step step = session.on(event, now);
        session = step.session();
        last = step.effect().toString();
        // A machine that was switched off and asks again begins anew.
        boolean anew = session.acked() <= 1 && (askedAgain || event instanceof TftpEvent.RequestRepeated);
        askedAgain = session.phase() == TftpSession.Phase.ASKED_AGAIN;
        require(anew || session.acked() >= before, "the client lost blocks that it had");
        require(session.sent() <= session.blocks() && session.acked() <= session.sent(), "more was sent than there is");
        if (step.effect() instanceof TftpEffect.SendBlocks blocks) {
            require(blocks.first() >= 1 && blocks.count() >= 1, "no block is sent");
            require(blocks.first() + blocks.count() - 1 <= session.blocks(), "a block beyond the file's end is sent");
            int most = LIMITS.mostBlocks(session.agreement().blockSize());
            require(blocks.count() <= most, "more than a window is sent");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ": " + session);
        }
    }
}
