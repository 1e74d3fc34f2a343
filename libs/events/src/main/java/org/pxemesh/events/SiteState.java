package org.pxemesh.events;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A site: a place an administrator knows, with the networks by which agents find it.
 *
 * @param id the site
 * @param revision grows by one with each write, from 1
 * @param name unique, shown to people
 * @param kind what its networks are
 * @param networks CIDR blocks, for example {@code 10.20.0.0/16}; the same block may exist at other sites
 * @param wan limits of content transfers
 */
public record SiteState(UUID id, long revision, String name, SiteKind kind, List<String> networks, WanLimits wan) {
    public SiteState {
        networks = List.copyOf(Objects.requireNonNull(networks, "networks is missing"));
    }
}
