package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;

/** How a firmware chooses among offers: nowhere do they differ as much. */
public sealed interface OfferRule permits BiosRule, Edk2Rule, IpxeRule, RaspberryPiRule, HttpBootRule, StubbornRule {

    /**
     * The choice, or empty to go on waiting.
     *
     * @param offers in their order of arrival
     * @param patienceOver whether the time for collecting is up
     */
    Optional<Choice> choose(List<Offer> offers, boolean patienceOver);

    /** The first offer with an address. */
    static Optional<Offer> firstDhcp(List<Offer> offers) {
        return offers.stream().filter(o -> !o.isProxy()).findFirst();
    }
}
