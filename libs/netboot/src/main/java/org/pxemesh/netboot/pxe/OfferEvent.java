package org.pxemesh.netboot.pxe;

/** What can happen to the answering of one client. */
public sealed interface OfferEvent {

    /**
     * The client asked.
     *
     * @param attempt its attempt, from 0
     * @param rank this peer's rank for the client, from 0: the holders' ranks are less than {@code holders}, whoever
     *     has a higher one can only point at one of them; negative when it must not answer
     * @param holders how many peers could serve it; 0 when those that answer serve what is still arriving
     */
    record Discovered(int xid, int attempt, int rank, int holders) implements OfferEvent {

        boolean mayAnswer() {
            return rank >= 0;
        }

        int turn() {
            return OfferRace.turn(rank, attempt, holders);
        }
    }

    /** Another peer said that it answered. */
    record HeardOffered(int xid, int attempt, int rank, int holders) implements OfferEvent {

        int turn() {
            return OfferRace.turn(rank, attempt, holders);
        }
    }

    /**
     * The peer that answered has left the segment while the client may still be collecting offers.
     *
     * @param rank this peer's rank among those that remain; negative when it must not answer
     * @param holders how many remain that could serve the client
     */
    record AnswererLeft(int xid, int rank, int holders) implements OfferEvent {}

    /** The timer of {@link OfferEffect.StartTimer} fired. */
    record TimerFired(int xid, int attempt) implements OfferEvent {}
}
