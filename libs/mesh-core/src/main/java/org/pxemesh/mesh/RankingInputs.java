package org.pxemesh.mesh;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * All that the ranking depends on, as one value that the coordinator publishes: no peer ranks by local readings, so
 * that two peers with the same inputs never disagree about a responder.
 *
 * @param viewId the membership view it was made for; inputs of a later view replace those of an earlier one
 * @param version counts up within a view
 * @param algorithm the ranking algorithm: the highest that every member knows
 * @param members the members of the segment that announced themselves
 * @param holders for each package reference ({@code name@version}) the members that hold all of its content
 */
public record RankingInputs(
        long viewId, long version, int algorithm, List<RankingMember> members, Map<String, Set<UUID>> holders) {
    /** What a peer knows before the coordinator spoke: nobody serves. */
    public static final RankingInputs NONE = new RankingInputs(0, 0, Ranking.ALGORITHM, List.of(), Map.of());

    public RankingInputs {
        members = List.copyOf(members);
        holders = Map.copyOf(holders);
    }

    /** The members that hold a package; empty when nobody does. */
    public Set<UUID> holders(String boot) {
        return holders.getOrDefault(boot, Set.of());
    }

    static Map<String, Set<UUID>> holdersOf(Iterable<PeerFacts> facts) {
        var holders = new LinkedHashMap<String, Set<UUID>>();
        for (var peer : facts) {
            for (var held : peer.holdings()) {
                holders.computeIfAbsent(held, key -> new LinkedHashSet<>()).add(peer.id());
            }
        }
        return holders;
    }
}
