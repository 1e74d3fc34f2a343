package org.pxemesh.policy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.pxemesh.events.SiteState;

/** Which site an address belongs to. */
final class SiteMap {

    private SiteMap() {}

    static List<SiteState> sitesAt(Collection<SiteState> sites, InetAddress address) {
        List<SiteState> found = new ArrayList<>();
        int longest = -1;
        for (SiteState site : sites) {
            int prefix = longestPrefix(site, address);
            if (prefix > longest) {
                found.clear();
                longest = prefix;
            }
            if (prefix >= 0 && prefix == longest) {
                found.add(site);
            }
        }
        return List.copyOf(found);
    }

    private static int longestPrefix(SiteState site, InetAddress address) {
        int longest = -1;
        for (String network : site.networks()) {
            try {
                Cidr block = Cidr.parse(network);
                if (block.contains(address)) {
                    longest = Math.max(longest, block.prefix());
                }
            } catch (IllegalArgumentException e) {
                // HQ checks networks before it writes them: one that cannot be read here holds nobody.
                continue;
            }
        }
        return longest;
    }
}
