package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;
import org.pxemesh.zoo.firmware.Choice.Candidate;

/** The Raspberry Pi's ROM: only an offer whose menu says "Raspberry Pi Boot"; its files come from {@code siaddr}. */
public record RaspberryPiRule() implements OfferRule {

    static final String MAGIC_WORDS = "Raspberry Pi Boot";

    @Override
    public Optional<Choice> choose(List<Offer> offers, boolean patienceOver) {
        return OfferRule.firstDhcp(offers)
                .flatMap(dhcp -> offers.stream()
                        .filter(o -> o.isPxe() && o.menuSays(MAGIC_WORDS))
                        .findFirst()
                        .map(o -> new Choice(
                                dhcp, List.of(new Candidate(o, o.message().siaddr(), false)))));
    }
}
