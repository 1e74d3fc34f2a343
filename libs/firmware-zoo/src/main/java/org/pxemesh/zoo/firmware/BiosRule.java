package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;
import org.pxemesh.zoo.firmware.Choice.Candidate;

/** A BIOS ROM after PXE 2.1: the first PXE offer; discovery control 8 with a file needs no second question. */
public record BiosRule() implements OfferRule {

    @Override
    public Optional<Choice> choose(List<Offer> offers, boolean patienceOver) {
        if (!patienceOver) {
            return Optional.empty();
        }
        return OfferRule.firstDhcp(offers)
                .flatMap(dhcp -> offers.stream()
                        .filter(Offer::isPxe)
                        .findFirst()
                        .map(BiosRule::candidate)
                        .map(c -> new Choice(dhcp, List.of(c))));
    }

    private static Candidate candidate(Offer offer) {
        boolean asks = !(offer.bypassesDiscovery() && offer.hasFile());
        return new Candidate(offer, asks ? offer.menuServer() : offer.message().siaddr(), asks);
    }
}
