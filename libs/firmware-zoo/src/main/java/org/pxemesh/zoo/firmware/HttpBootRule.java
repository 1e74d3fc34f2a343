package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;
import org.pxemesh.zoo.firmware.Choice.Candidate;

/** UEFI HTTP Boot: an offer with {@code HTTPClient} and a URI; there is no second question. */
public record HttpBootRule() implements OfferRule {

    @Override
    public Optional<Choice> choose(List<Offer> offers, boolean patienceOver) {
        if (!patienceOver) {
            return Optional.empty();
        }
        return OfferRule.firstDhcp(offers)
                .flatMap(dhcp -> offers.stream()
                        .filter(o -> o.isHttp() && o.message().bootFile().startsWith("http"))
                        .findFirst()
                        .map(o -> new Choice(dhcp, List.of(new Candidate(o, o.edk2Server(), false)))));
    }
}
