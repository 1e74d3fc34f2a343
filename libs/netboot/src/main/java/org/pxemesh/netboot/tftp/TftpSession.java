package org.pxemesh.netboot.tftp;

import org.pxemesh.netboot.tftp.TftpEffect.Aborted;
import org.pxemesh.netboot.tftp.TftpEffect.Failed;
import org.pxemesh.netboot.tftp.TftpEffect.Finished;
import org.pxemesh.netboot.tftp.TftpEffect.Nothing;
import org.pxemesh.netboot.tftp.TftpEffect.SendBlocks;
import org.pxemesh.netboot.tftp.TftpEffect.SendOptionAck;

/**
 * The sending side of one transfer as a small immutable value: it can be kept, compared and told to a neighbour. Times
 * are monotonic milliseconds and come in as arguments.
 *
 * <pre>
 *   GREETING ── ACK 0 ──► SENDING ── ACK of the last block, or silence after it ──► DONE
 *                 RESUMED ── ACK ──►┤
 *             ASKED_AGAIN ◄─ RRQ ───┤
 *                      └──── ACK ──►┘
 *      │ ERROR: a probe      │ ERROR, or silence
 *      └──────────► DONE ◄───┘
 * </pre>
 *
 * @param agreement what was negotiated
 * @param fileLength octets
 * @param phase where the transfer stands
 * @param acked the last block that the client has in order, 0 before the first
 * @param sent the last block that was sent
 * @param rewound whether blocks were sent more than once lately, so that repeated ACKs are taken for echoes of them
 * @param sentAt when packets were last sent
 * @param progressAt when the client last got further
 * @param retries times that silence had packets sent again since then
 * @param pace how fast the client answers
 */
public record TftpSession(
        Agreement agreement,
        long fileLength,
        Phase phase,
        long acked,
        long sent,
        boolean rewound,
        long sentAt,
        long progressAt,
        int retries,
        Pace pace) {

    /** Where a transfer stands. */
    public enum Phase {
        /** The OACK is out, the client has not taken it up. */
        GREETING,
        /** Taken over from another server; the client's next ACK will tell where it stands. */
        RESUMED,
        /** DATA is out. */
        SENDING,
        /**
         * DATA was out when the request came once more: an old copy of it, or a machine that was switched off and asks from
         * the same port again, as ROMs do. Its next ACK tells.
         */
        ASKED_AGAIN,
        /** Over; nothing happens any more. */
        DONE
    }

    /** Silence after which a client is given up. EDK2 is patient for 6 x 4 s, and a neighbour may have taken over. */
    public static final long PATIENCE_MILLIS = 40_000;

    /** Silence after which the last block counts as received: some ROMs start the file and never acknowledge its end. */
    static final long LAST_ACK_PATIENCE_MILLIS = 10_000;

    /** An echo of a lost block's ACKs is over within this time at the latest; a later one means another loss. */
    static final long ECHO_MILLIS = 250;

    /**
     * Repetitions to a client that never acknowledged anything: whoever asks in a stranger's name must not have the
     * stranger flooded. A real client asks again by itself.
     */
    static final int UNPROVEN_RETRIES = 2;

    private static final long MOST_IN_FLIGHT = 65_535;
    private static final long MAX_WAIT_MILLIS = 4_000;
    private static final Nothing NOTHING = new Nothing();

    /** The session after an event, and the one thing to do. */
    public record Step(TftpSession session, TftpEffect effect) {}

    /** Begins a transfer: with an OACK where options were agreed, else with the first window of DATA. */
    public static Step begin(Agreement agreement, long fileLength, long now) {
        TftpSession fresh =
                new TftpSession(agreement, fileLength, Phase.GREETING, 0, 0, false, now, now, 0, Pace.UNKNOWN);
        return agreement.needsOptionAck()
                ? new Step(fresh, new SendOptionAck())
                : fresh.sendFrom(0, false, now, Pace.UNKNOWN);
    }

    /**
     * Goes on with a transfer that another server began and did not end. Nothing is sent: the client's next ACK tells
     * where it stands, and firmware repeats its ACKs by itself.
     *
     * @param told the last block known to be with the client; the client is at most 65535 blocks further
     */
    public static TftpSession resume(Agreement agreement, long fileLength, long told, long now) {
        long blocks = fileLength / agreement.blockSize() + 1;
        // As if all that 16 bits can name were in flight: any ACK from here on is one for what was sent.
        long sent = Math.min(told + MOST_IN_FLIGHT, blocks);
        return new TftpSession(
                agreement, fileLength, Phase.RESUMED, told, sent, false, now, now, 0, Pace.UNKNOWN.heard());
    }

    /** The number of DATA packets; a file that fills its last block is followed by an empty one. */
    public long blocks() {
        return fileLength / agreement.blockSize() + 1;
    }

    /** The place in the file of a block's first octet. */
    public long offset(long block) {
        return (block - 1) * agreement.blockSize();
    }

    /** Octets of payload in a block: all full but the last. */
    public int length(long block) {
        return (int) Math.min(agreement.blockSize(), fileLength - offset(block));
    }

    /**
     * When a {@link TftpEvent.Tick} has something to do. A client that asked for a timeout gets exactly that one (RFC
     * 2349); for the others the wait follows the network, since each lost packet costs it.
     */
    public long dueAt() {
        if (phase == Phase.RESUMED) {
            return progressAt + PATIENCE_MILLIS;
        }
        if (isToldEnough() && phase == Phase.SENDING && sent == blocks()) {
            // A file of one block, to a ROM that never acknowledges an end.
            return progressAt + LAST_ACK_PATIENCE_MILLIS;
        }
        if (agreement.timeoutWasAsked()) {
            return sentAt + agreement.timeoutMillis();
        }
        long wait = pace.isKnown() ? pace.waitMillis() : agreement.timeoutMillis();
        return sentAt + Math.min(wait << Math.min(retries, 8), MAX_WAIT_MILLIS);
    }

    private boolean isToldEnough() {
        return !isProven() && retries >= UNPROVEN_RETRIES;
    }

    /** Whether the client has shown that it hears us: nobody can acknowledge in a stranger's name. */
    public boolean isProven() {
        return pace.isKnown() || acked > 0;
    }

    public Step on(TftpEvent event, long now) {
        if (phase == Phase.DONE) {
            return same();
        }
        return switch (event) {
            case TftpEvent.Acked(int block) ->
                switch (phase) {
                    case RESUMED -> onFirstAckAfterTakeover(block, now);
                    case ASKED_AGAIN -> onAckAfterASecondRequest(block, now);
                    default -> onAck(block, now);
                };
            case TftpEvent.AckedWithWindow(int block, int window) ->
                with(agreement.withWindow(window)).on(new TftpEvent.Acked(block), now);
            case TftpEvent.ErrorReceived(ErrorCode code, String message) -> onError(code, message);
            case TftpEvent.Tick() -> onTick(now);
            case TftpEvent.RequestRepeated() -> onRequestRepeated(now);
        };
    }

    private Step onFirstAckAfterTakeover(int wireBlock, long now) {
        long block = acked + (wireBlock - acked & 0xffff);
        if (block > sent) {
            return same();
        }
        return block == blocks() ? done(new Finished(true)) : sendFrom(block, true, now, pace);
    }

    /** Who acknowledges what is in flight never began anew; who takes up the first packet did. */
    private Step onAckAfterASecondRequest(int wireBlock, long now) {
        if ((wireBlock - acked & 0xffff) <= sent - acked) {
            return with(Phase.SENDING, acked, sent, rewound, sentAt, progressAt, retries)
                    .onAck(wireBlock, now);
        }
        int first = agreement.needsOptionAck() ? 0 : 1;
        return wireBlock == first ? firstPacketAgain(now).session().onAck(wireBlock, now) : same();
    }

    private Step onAck(int wireBlock, long now) {
        if (phase == Phase.GREETING) {
            return wireBlock == 0 ? sendFrom(0, false, now, measured(now)) : same();
        }
        // Only what is in flight can be acknowledged, so that 16 bits are enough to tell which block is meant.
        long ahead = wireBlock - acked & 0xffff;
        if (ahead > sent - acked) {
            return same();
        }
        if (ahead == 0) {
            return onRepeatedAck(now);
        }
        long block = acked + ahead;
        if (block == blocks()) {
            return done(new Finished(true));
        }
        if (block < sent && retries > 0) {
            return onEchoedProgress(block, now);
        }
        // An ACK short of what was sent reports a loss (RFC 7440, 4): the window starts again behind it. After a
        // repetition the client acknowledges both copies of a block, and only the first of the ACKs means something.
        return sendFrom(block, block < sent || retries > 0, now, measured(now));
    }

    /** Learns the way there and back, but not from repeated packets: their ACKs may be for either copy (Karn). */
    private Pace measured(long now) {
        return retries > 0 ? pace.heard() : pace.after(now - sentAt);
    }

    /**
     * In lock-step a repeated ACK is never answered (RFC 1123, 4.2.3.1: the Sorcerer's Apprentice). With windows, EDK2
     * repeats it for each block that comes after a lost one: the first sends the window again, the rest are echoes.
     */
    private Step onRepeatedAck(long now) {
        long echoes = pace.isKnown() ? Math.min(pace.waitMillis(), ECHO_MILLIS) : ECHO_MILLIS;
        boolean echo = rewound && now - sentAt < echoes;
        return agreement.windowSize() == 1 || echo ? same() : resend(now, retries);
    }

    /**
     * A window that silence brought again meets a client that may have its first blocks: EDK2 acknowledges each of them,
     * in the middle of the window, and what follows is on its way. Starting the window again would bring the next
     * volley, and so on to the end of the file at half the speed; so the window only moves on. After an ACK that asked
     * for the repetition there is no such doubt: EDK2 keeps no block that came too early.
     */
    private Step onEchoedProgress(long block, long now) {
        long last = Math.min(block + agreement.windowSize(), blocks());
        if (last <= sent) {
            return new Step(with(phase, block, sent, true, sentAt, now, 0), NOTHING);
        }
        return new Step(with(phase, block, last, true, now, now, 0), new SendBlocks(sent + 1, (int) (last - sent)));
    }

    private Step onError(ErrorCode code, String message) {
        return acked == 0
                ? done(new Aborted(code, message))
                : done(new Failed("client sent " + code + (message.isEmpty() ? "" : ": " + message)));
    }

    private Step onTick(long now) {
        if (now < dueAt()) {
            return same();
        }
        long silence = now - progressAt;
        if (phase == Phase.SENDING && sent == blocks() && silence >= LAST_ACK_PATIENCE_MILLIS) {
            return done(new Finished(false));
        }
        if (silence >= PATIENCE_MILLIS || isToldEnough()) {
            return done(gaveUp(silence));
        }
        return switch (phase) {
            case GREETING ->
                new Step(with(Phase.GREETING, 0, 0, false, now, progressAt, retries + 1), new SendOptionAck());
            case ASKED_AGAIN -> askedAgain(now, retries + 1);
            default -> resend(now, retries + 1);
        };
    }

    private TftpEffect gaveUp(long silence) {
        String reason = "no ACK for " + silence / 1000 + " s after block " + acked + " of " + blocks();
        return phase == Phase.GREETING ? new Aborted(ErrorCode.UNDEFINED, reason) : new Failed(reason);
    }

    private Step onRequestRepeated(long now) {
        boolean underWay =
                phase == Phase.ASKED_AGAIN || phase == Phase.SENDING && (acked > 0 || agreement.needsOptionAck());
        return underWay ? askedAgain(now, 0) : firstPacketAgain(now);
    }

    /** Offers the beginning and forgets nothing. */
    private Step askedAgain(long now, int newRetries) {
        TftpEffect first = agreement.needsOptionAck() ? new SendOptionAck() : new SendBlocks(1, 1);
        return new Step(with(Phase.ASKED_AGAIN, acked, sent, rewound, now, progressAt, newRetries), first);
    }

    private Step firstPacketAgain(long now) {
        return agreement.needsOptionAck()
                ? new Step(with(Phase.GREETING, 0, 0, false, now, now, 0), new SendOptionAck())
                : sendFrom(0, false, now, pace);
    }

    private Step sendFrom(long newAcked, boolean again, long now, Pace newPace) {
        long last = Math.min(newAcked + agreement.windowSize(), blocks());
        TftpSession next =
                new TftpSession(agreement, fileLength, Phase.SENDING, newAcked, last, again, now, now, 0, newPace);
        return new Step(next, new SendBlocks(newAcked + 1, (int) (last - newAcked)));
    }

    private Step resend(long now, int newRetries) {
        return new Step(with(phase, acked, sent, true, now, progressAt, newRetries), new SendBlocks(acked + 1, (int)
                (sent - acked)));
    }

    private Step done(TftpEffect effect) {
        return new Step(with(Phase.DONE, acked, sent, rewound, sentAt, progressAt, retries), effect);
    }

    private Step same() {
        return new Step(this, NOTHING);
    }

    private TftpSession with(Agreement changed) {
        return new TftpSession(changed, fileLength, phase, acked, sent, rewound, sentAt, progressAt, retries, pace);
    }

    private TftpSession with(
            Phase newPhase,
            long newAcked,
            long newSent,
            boolean newRewound,
            long newSentAt,
            long newProgressAt,
            int newRetries) {
        return new TftpSession(
                agreement,
                fileLength,
                newPhase,
                newAcked,
                newSent,
                newRewound,
                newSentAt,
                newProgressAt,
                newRetries,
                pace);
    }
}
