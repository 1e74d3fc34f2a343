package org.pxemesh.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.policy.rule.Labels;

/**
 * The peer that decides, and its clock.
 *
 * @param siteId the site whose network holds the serving interface, or null on an unknown network
 * @param servesUnknownNetworks {@code pxemesh.networks=any}: answer although HQ's site map does not name the network
 * @param macs of this peer, lower case with colons; they find its own computer record
 * @param labels of this peer; the labels on its computer record go before them
 * @param now the later of the wall clock and the newest HQ time seen: a clock set back must not revive an old epoch
 */
public record PeerView(
        @Nullable UUID siteId, boolean servesUnknownNetworks, List<String> macs, Labels labels, Instant now) {

    public PeerView {
        macs = lowerCase(macs);
    }

    /** The same list where nothing is to be done: this value is made for each packet. */
    private static List<String> lowerCase(List<String> macs) {
        for (String mac : macs) {
            if (!mac.equals(mac.toLowerCase(Locale.ROOT))) {
                return macs.stream().map(m -> m.toLowerCase(Locale.ROOT)).toList();
            }
        }
        return List.copyOf(macs);
    }
}
