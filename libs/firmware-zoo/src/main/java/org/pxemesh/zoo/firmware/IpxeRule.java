package org.pxemesh.zoo.firmware;

import java.util.List;
import java.util.Optional;
import org.pxemesh.zoo.firmware.Choice.Candidate;

/**
 * iPXE (dhcp_discovery_rx): one proxy offer, the last of the highest priority; it leaves as soon as it has an address and
 * any proxy offer. Whoever says {@code PXEClient} is a proxy to it, a DHCP server too. A DHCP server that sends 175.176
 * (no-pxedhcp) makes it deaf to proxies.
 */
public record IpxeRule() implements OfferRule {

    private static final int NO_PXEDHCP = 176;

    @Override
    public Optional<Choice> choose(List<Offer> offers, boolean patienceOver) {
        return OfferRule.firstDhcp(offers).flatMap(dhcp -> {
            boolean deaf = dhcp.message().inside(175).containsKey(NO_PXEDHCP);
            Optional<Offer> proxy = deaf ? Optional.empty() : best(offers);
            if (proxy.isEmpty() && !deaf && !patienceOver) {
                return Optional.empty();
            }
            return Optional.of(new Choice(
                    dhcp,
                    proxy.map(IpxeRule::candidate)
                            .or(() -> Optional.of(dhcp).filter(Offer::hasFile).map(IpxeRule::candidate))
                            .map(List::of)
                            .orElse(List.of())));
        });
    }

    private static Optional<Offer> best(List<Offer> offers) {
        return offers.stream().filter(Offer::isPxe).reduce((a, b) -> b.ipxePriority() >= a.ipxePriority() ? b : a);
    }

    /** Without a file it asks port 4011, after its menu where there is one. */
    private static Candidate candidate(Offer offer) {
        boolean asks = offer.isPxe() && !offer.hasFile();
        int server = asks ? offer.menuServer() : offer.message().siaddr();
        return new Candidate(offer, server == 0 ? offer.ipxeServer() : server, asks);
    }
}
