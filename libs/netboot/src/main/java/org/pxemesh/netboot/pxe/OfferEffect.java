package org.pxemesh.netboot.pxe;

/** What the peer has to do now. */
public sealed interface OfferEffect {

    /** Send the OFFER to the client, and {@link Offered} to the peers. */
    record SendOffer(int attempt) implements OfferEffect {}

    /** Come back with {@link OfferEvent.TimerFired}. */
    record StartTimer(int xid, int attempt, long delayMillis) implements OfferEffect {}

    /** Forget the timer; a firing that cannot be stopped any more does no harm. */
    record CancelTimer() implements OfferEffect {}
}
