package org.pxemesh.netboot.pxe;

/** What can happen to the answering of one client. */
public sealed interface OfferEvent {

    /**
     * The client asked.
     *
     * @param attempt its attempt, from 0
     * @param rank this peer's rank for the client, from 0; negative when this peer is no holder
     * @param holders how many peers could serve it
     */
    record Discovered(int xid, int attempt, int rank, int holders) implements OfferEvent {

        boolean mayAnswer() {
            return rank >= 0 && rank < holders;
        }

        int turn() {
            return OfferRace.turn(rank, attempt, holders);
        }
    }

    /** Another peer said that it answered. */
    record HeardOffered(int xid, int attempt, int rank, int holders) implements OfferEvent {

        int turn() {
            return holders == 0 ? 0 : OfferRace.turn(rank, attempt, holders);
        }
    }

    /**
     * The peer that answered has left the segment while the client may still be collecting offers.
     *
     * @param rank this peer's rank among those that remain; negative when it is no holder
     * @param holders how many remain that could serve the client
     */
    record AnswererLeft(int xid, int rank, int holders) implements OfferEvent {}

    /** The timer of {@link OfferEffect.StartTimer} fired. */
    record TimerFired(int xid, int attempt) implements OfferEvent {}
}
