package org.pxemesh.mesh;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Weighted rendezvous ranking: who answers which boot client, computed by every peer alone and alike.
 *
 * <p>Algorithm version 1. The candidates are the members that hold the package and are not {@link Pin#EXCLUDED}. A
 * candidate of weight class <i>c</i> draws 2<sup>c</sup> hashes (replica 0, 1, ...) of the client's hardware address
 * with its own id, as {@link RendezvousHash} defines them; its score is the greatest of them, compared unsigned. The
 * greatest of <i>w</i> equal draws wins with probability <i>w</i> over the sum of all weights: no logarithm and no
 * floating point, which differ between platforms. Candidates are ordered {@link Pin#PREFERRED} first, then by
 * descending score, then by ascending id (unsigned).
 *
 * <p>A member that goes away changes the responder of its own clients only; so does a changed weight.
 */
public final class Ranking {
    /** The highest algorithm version that this code knows. */
    public static final int ALGORITHM = 1;

    private static final Comparator<UUID> BY_ID = Comparator.<UUID, Long>comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final Comparator<Scored> BEST_FIRST = Comparator.<Scored, Boolean>comparing(
                    scored -> scored.member.pin() != Pin.PREFERRED)
            .thenComparing(Scored::score, (one, other) -> Long.compareUnsigned(other, one))
            .thenComparing(scored -> scored.member.id(), BY_ID);

    private Ranking() {}

    /**
     * Orders the holders of a package for a client, best first.
     *
     * @param client the client's hardware address, 1 to 16 bytes (Ethernet: 6)
     * @param boot the package reference, {@code name@version}
     * @return no peer when nobody holds the package, or when the inputs follow an algorithm that this agent does not
     *     know (it must not serve by a guess)
     */
    public static List<RankingMember> rank(byte[] client, RankingInputs inputs, String boot) {
        if (inputs.algorithm() != ALGORITHM) {
            return List.of();
        }
        var holders = inputs.holders(boot);
        return inputs.members().stream()
                .filter(member -> member.pin() != Pin.EXCLUDED && holders.contains(member.id()))
                .map(member -> new Scored(member, score(client, member)))
                .sorted(BEST_FIRST)
                .map(Scored::member)
                .toList();
    }

    /**
     * Orders all who can answer a client: the holders as {@link #rank} does, then the members that can only point at one
     * of them, in case no holder heard the client.
     *
     * @return no peer when nobody holds the package
     */
    public static List<RankingMember> answerers(byte[] client, RankingInputs inputs, String boot) {
        var holders = rank(client, inputs, boot);
        if (holders.isEmpty()) {
            return holders;
        }
        var pointers = inputs.members().stream()
                .filter(member -> member.pin() != Pin.EXCLUDED && !holders.contains(member))
                .map(member -> new Scored(member, score(client, member)))
                .sorted(BEST_FIRST)
                .map(Scored::member);
        return Stream.concat(holders.stream(), pointers).toList();
    }

    /**
     * Where a peer stands among {@link #answerers}, without ordering them: it is asked for each client's packet.
     *
     * @return rank -1 where the peer is not among them
     */
    public static Place place(byte[] client, RankingInputs inputs, String boot, UUID peer) {
        var holders = inputs.algorithm() == ALGORITHM ? inputs.holders(boot) : Set.<UUID>of();
        var self = self(inputs, peer);
        var count = 0;
        var ahead = 0;
        // Who is alone is compared with nobody.
        var score = self == null || inputs.members().size() == 1 ? 0 : score(client, self);
        for (var member : inputs.members()) {
            if (member.pin() == Pin.EXCLUDED) {
                continue;
            }
            var holds = holders.contains(member.id());
            count += holds ? 1 : 0;
            if (self != null && member != self && goesBefore(member, holds, client, self, holders, score)) {
                ahead++;
            }
        }
        return count == 0 || self == null ? new Place(-1, count) : new Place(ahead, count);
    }

    private static @Nullable RankingMember self(RankingInputs inputs, UUID peer) {
        for (var member : inputs.members()) {
            if (member.pin() != Pin.EXCLUDED && member.id().equals(peer)) {
                return member;
            }
        }
        return null;
    }

    private static boolean goesBefore(
            RankingMember member, boolean holds, byte[] client, RankingMember self, Set<UUID> holders, long score) {
        if (holds != holders.contains(self.id())) {
            return holds;
        }
        if ((member.pin() == Pin.PREFERRED) != (self.pin() == Pin.PREFERRED)) {
            return member.pin() == Pin.PREFERRED;
        }
        var order = Long.compareUnsigned(score(client, member), score);
        return order != 0 ? order > 0 : BY_ID.compare(member.id(), self.id()) < 0;
    }

    /**
     * A peer's place for one client.
     *
     * @param rank from 0, -1 when the peer does not take part
     * @param holders how many hold the package, and may be told of
     */
    public record Place(int rank, int holders) {}

    /**
     * Orders the members for a client while nobody holds a package whole, and some can serve what is still arriving: the
     * uplink first, where it arrives first, then the others as for any client.
     */
    public static List<RankingMember> gatherers(byte[] client, RankingInputs inputs, Optional<UUID> uplink) {
        if (inputs.algorithm() != ALGORITHM) {
            return List.of();
        }
        return inputs.members().stream()
                .filter(member -> member.pin() != Pin.EXCLUDED)
                .map(member -> new Scored(member, score(client, member)))
                .sorted(uplinkFirst(uplink))
                .map(Scored::member)
                .toList();
    }

    private static Comparator<Scored> uplinkFirst(Optional<UUID> uplink) {
        return Comparator.<Scored, Boolean>comparing(scored -> !uplink.equals(Optional.of(scored.member.id())))
                .thenComparing(BEST_FIRST);
    }

    /**
     * Whether a peer holds a package where a policy wants some holders and not all. They are the uplink, since it alone
     * fetches over the WAN, and the first of the others for the package's name, so that a holder that goes away is
     * replaced by one other. Who has the content goes on holding it until all of them do: a peer that joins may be chosen
     * in its place, and nothing is given up before the new one has it whole.
     *
     * @param count how many are to hold it, at least 1
     */
    public static boolean holds(UUID peer, String boot, RankingInputs inputs, Optional<UUID> uplink, int count) {
        var chosen = chosen(boot, inputs, uplink, count);
        var ready = inputs.holders(boot);
        return chosen.contains(peer) || ready.contains(peer) && !ready.containsAll(chosen);
    }

    private static Set<UUID> chosen(String boot, RankingInputs inputs, Optional<UUID> uplink, int count) {
        var name = boot.getBytes(StandardCharsets.UTF_8);
        return inputs.members().stream()
                .filter(member -> member.pin() != Pin.EXCLUDED)
                .map(member -> new Scored(member, score(name, member)))
                .sorted(uplinkFirst(uplink))
                .limit(count)
                .map(scored -> scored.member.id())
                .collect(Collectors.toSet());
    }

    /**
     * The peer that answers attempt <i>n</i> of a client: rank <i>n mod holders</i>.
     *
     * @param attempt from 0: DISCOVERs of this client since 120 s of silence, less one
     */
    public static Optional<RankingMember> responder(List<RankingMember> ranked, int attempt) {
        return ranked.isEmpty() ? Optional.empty() : Optional.of(ranked.get(Math.floorMod(attempt, ranked.size())));
    }

    /**
     * How many better-placed peers an attempt has before this one: 0 for its responder. In attempt <i>n</i> the peer
     * with position <i>k</i> answers <i>k x 60 ms</i> later unless it heard a better one.
     *
     * @return nothing when the peer is not among the ranked
     */
    public static Optional<Integer> position(List<RankingMember> ranked, UUID peer, int attempt) {
        for (var rank = 0; rank < ranked.size(); rank++) {
            if (ranked.get(rank).id().equals(peer)) {
                return Optional.of(Math.floorMod(rank - attempt, ranked.size()));
            }
        }
        return Optional.empty();
    }

    private static long score(byte[] client, RankingMember member) {
        var best = 0L;
        for (var replica = 0; replica < 1 << member.weightClass(); replica++) {
            var draw = RendezvousHash.of(client, member.id(), replica);
            if (Long.compareUnsigned(draw, best) > 0) {
                best = draw;
            }
        }
        return best;
    }

    private record Scored(RankingMember member, long score) {}
}
