package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pxemesh.zoo.firmware.Choice.Candidate;

/**
 * EDK2: waits its four seconds whatever comes, keeps the first PXE10 offer of a proxy but all BINL ones, and goes by
 * priority: DHCP with PXE10, proxy with PXE10, DHCP with BINL, proxies with BINL, DHCP with a boot file.
 *
 * @param believesPxe10 false for the many builds that pass over a proxy's PXE10 offer (danderson/netboot's lowest common
 *     denominator)
 * @param looksAfterEscape false for EDK2 of 2016, which goes on to the offer's boot file when a person leaves the menu, and
 *     reads through a null pointer where there is none (UefiPxeBcDxe of that year, read and not run)
 */
public record Edk2Rule(boolean believesPxe10, boolean looksAfterEscape) implements OfferRule {

    /** PXEBC_OFFER_MAX_NUM. */
    private static final int KEPT = 16;

    @Override
    public Optional<Choice> choose(List<Offer> offers, boolean patienceOver) {
        List<Offer> kept = offers.stream().limit(KEPT).toList();
        if (!patienceOver) {
            return Optional.empty();
        }
        return OfferRule.firstDhcp(kept)
                .flatMap(dhcp -> first(kept, o -> !o.isProxy() && o.hasPxe10())
                        .map(o -> new Choice(o, List.of(pxe10(o))))
                        .or(() -> first(kept, o -> believesPxe10 && o.isProxy() && o.hasPxe10())
                                .map(o -> new Choice(dhcp, List.of(pxe10(o)))))
                        .or(() -> first(kept, o -> !o.isProxy() && o.isPxe()).map(o -> new Choice(o, List.of(binl(o)))))
                        .or(() -> proxies(dhcp, kept))
                        .or(() -> first(kept, o -> !o.isProxy() && o.hasFile())
                                .map(o -> new Choice(o, List.of(new Candidate(o, o.edk2Server(), false))))));
    }

    private static Optional<Choice> proxies(Offer dhcp, List<Offer> kept) {
        List<Candidate> binl = kept.stream()
                .filter(o -> o.isProxy() && o.isPxe() && !o.hasPxe10())
                .map(Edk2Rule::binl)
                .toList();
        return binl.isEmpty() ? Optional.empty() : Optional.of(new Choice(dhcp, binl));
    }

    private static Candidate pxe10(Offer offer) {
        return new Candidate(offer, offer.edk2Server(), !(offer.bypassesDiscovery() && offer.hasFile()));
    }

    private static Candidate binl(Offer offer) {
        return new Candidate(offer, offer.edk2Server(), true);
    }

    private static Optional<Offer> first(List<Offer> offers, Predicate<Offer> wanted) {
        return offers.stream().filter(wanted).findFirst();
    }
}
