package org.pxemesh.agent.segment;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.agent.config.AgentConfig.Networks;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.policy.Cidr;
import org.pxemesh.policy.PolicySnapshot;

/**
 * What HQ's site map says about the network of an interface.
 *
 * <p>The mesh forms on every eligible wired interface before this is known, because an agent without a snapshot needs an
 * uplink to ask for the site map in the first place. Boot clients are answered only once the site map (or {@code
 * pxemesh.networks=any}) says so.
 *
 * @param site nothing where HQ knows no site, or more than one, for this network
 * @param segmentId of the broadcast domain, the same on all of its peers
 * @param silence why boot clients are not answered here; nothing where they are
 */
record Network(Optional<UUID> site, UUID segmentId, Optional<String> silence) {
    /** Stands for the site where there is none. */
    static final UUID NOWHERE = new UUID(0, 0);

    /**
     * Judges.
     *
     * @param seed the segment's id while its site is unknown, from the coordinator: the same private network exists in
     *     hundreds of branches
     */
    static Network of(NetworkPort port, PolicySnapshot snapshot, Networks served, UUID seed) {
        var sites = snapshot.sitesAt(port.address());
        if (sites.size() == 1) {
            var site = sites.getFirst();
            return new Network(Optional.of(site.id()), segmentId(site, port), silence(site));
        }
        if (served == Networks.ANY && sites.isEmpty()) {
            return new Network(Optional.empty(), seed, Optional.empty());
        }
        var reason = sites.isEmpty()
                ? snapshot.sites().isEmpty()
                        ? "no site map yet: no uplink of this segment has reached HQ"
                        : "no site of HQ has the network " + cidr(port)
                                + ": add it to a site, or set pxemesh.networks=any"
                : "several sites have the network " + cidr(port) + ": "
                        + sites.stream().map(SiteState::name).sorted().toList();
        return new Network(Optional.empty(), seed, Optional.of(reason));
    }

    UUID siteId() {
        return site.orElse(NOWHERE);
    }

    boolean isServed() {
        return silence.isEmpty();
    }

    private static Optional<String> silence(SiteState site) {
        return site.kind() == SiteKind.BRANCH
                ? Optional.empty()
                : Optional.of("site " + site.name() + " is of kind " + site.kind() + ", only BRANCH is served");
    }

    /** The same after every reinstallation, and in both halves of a segment that is split. */
    private static UUID segmentId(SiteState site, NetworkPort port) {
        return UUID.nameUUIDFromBytes(
                ("pxemesh-segment\0" + site.id() + '\0' + cidr(port)).getBytes(StandardCharsets.UTF_8));
    }

    private static Cidr cidr(NetworkPort port) {
        return Cidr.of(port.address(), port.prefixLength());
    }
}
