package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;

/**
 * Firmware that sees one form of a proxy's offer and is blind for the others, as reports of single models tell (an HP
 * laptop, a DL380, Dells of 2014); otherwise it is what it is.
 */
public record StubbornRule(OfferRule otherwise, Takes takes) implements OfferRule {

    /** What it sees. */
    public enum Takes {
        BINL,
        PXE10,
        MENU,
        NOTHING;

        boolean sees(Offer offer) {
            boolean menu = offer.menuType() >= 0;
            return switch (this) {
                case BINL -> !offer.hasPxe10();
                case PXE10 -> offer.hasPxe10() && !menu;
                case MENU -> menu;
                case NOTHING -> false;
            };
        }
    }

    @Override
    public Optional<Choice> choose(List<Offer> offers, boolean patienceOver) {
        return otherwise.choose(
                offers.stream()
                        .filter(offer -> !offer.isProxy() || takes.sees(offer))
                        .toList(),
                patienceOver);
    }
}
