package org.pxemesh.netboot.pxe;

/**
 * Where one peer stands in answering one client. The responder of attempt <i>n</i> is rank <i>n mod holders</i>; the
 * peer <i>k</i> ranks after it answers <i>k</i> x 60 ms later unless it heard a better one.
 *
 * <pre>
 *               Discovered, first in turn: send                 Discovered of a later attempt
 *   Unseen ──────────────────────────────────────► Answered ─────────────────────────────┐
 *     │  │ Discovered, k-th: start timer                                                │
 *     │  └──────────► Standby ── TimerFired: send ──► Answered                            ▼
 *     │ HeardOffered     │ HeardOffered, better: cancel timer                    judged anew, as
 *     └──► Overheard ◄───┘                                                       from Unseen
 *              │ AnswererLeft: judged anew among those that remain
 * </pre>
 */
public sealed interface OfferState {

    /** Nothing known of this client. */
    record Unseen() implements OfferState {}

    /**
     * Waiting for a better peer to answer.
     *
     * @param turn how many peers come before this one in this attempt, at least 1
     */
    record Standby(int xid, int attempt, int turn) implements OfferState {}

    /** This peer has answered this attempt. */
    record Answered(int xid, int attempt) implements OfferState {}

    /** A peer has answered this attempt, or a later one than ours; its rank tells whether it goes before us. */
    record Overheard(int xid, int attempt, int rank) implements OfferState {}

    /** This peer does not answer this attempt: it holds nothing, or its turn comes after the client's patience. */
    record OutOfTurn(int xid, int attempt) implements OfferState {}
}
