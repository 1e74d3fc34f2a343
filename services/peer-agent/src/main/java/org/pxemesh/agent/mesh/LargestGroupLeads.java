package org.pxemesh.agent.mesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.protocols.pbcast.GMS;

/**
 * When groups merge, the largest one's coordinator goes on, of equals the one with the lowest address. A member that
 * found nobody and began alone must not take over from those who found one another: a new coordinator means that
 * everybody introduces itself, and often another uplink.
 */
final class LargestGroupLeads extends GMS.DefaultMembershipPolicy {
    @Override
    public List<Address> getNewMembership(Collection<Collection<Address>> groups) {
        var leading = groups.stream()
                .filter(group -> !group.isEmpty())
                .min(Comparator.<Collection<Address>>comparingInt(Collection::size)
                        .reversed()
                        .thenComparing(group -> group.iterator().next()));
        var members = new LinkedHashSet<Address>();
        leading.ifPresent(members::addAll);
        groups.forEach(members::addAll);
        return new ArrayList<>(members);
    }
}
