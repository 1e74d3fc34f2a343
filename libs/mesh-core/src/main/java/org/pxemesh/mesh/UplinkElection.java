package org.pxemesh.mesh;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * Chooses the uplink: the best member by weight, with hysteresis.
 *
 * <p>Weight: preferred by the administrator 1000, HQ reachable 200 (not known 20), wired 100, mains 50. Of equals the
 * one that has run longest wins, then the lowest id. An incumbent that is present and not excluded stays unless one
 * challenger is better by {@value #MARGIN} for {@value #PATIENCE_MILLIS} ms: a laptop that is put on its dock for a
 * moment does not move the connection to HQ.
 */
final class UplinkElection {
    /** How much better a challenger must be: one of the properties above, never a mere tie-break. */
    static final int MARGIN = 50;

    /** How long it must stay so. */
    static final long PATIENCE_MILLIS = 5_000;

    private static final Comparator<PeerFacts> BEST_FIRST = Comparator.comparingInt(UplinkElection::weight)
            .reversed()
            .thenComparingLong(PeerFacts::startedAt)
            .thenComparing(PeerFacts::id);

    private UplinkElection() {}

    /**
     * A challenger that is better than the incumbent.
     *
     * @param since when it began to be, in {@link Moment#millis}
     */
    record Challenge(UUID challenger, long since) {}

    /**
     * @param winner nobody when no member may be uplink
     * @param challenge to be handed to the next round
     */
    record Outcome(Optional<UUID> winner, Optional<Challenge> challenge) {}

    static Outcome elect(
            Optional<UUID> incumbent, Collection<PeerFacts> present, Optional<Challenge> challenge, Moment now) {
        var best =
                present.stream().filter(peer -> peer.uplink() != Pin.EXCLUDED).min(BEST_FIRST);
        var sitting = present.stream()
                .filter(peer -> incumbent.filter(peer.id()::equals).isPresent() && peer.uplink() != Pin.EXCLUDED)
                .findFirst();
        if (best.isEmpty() || sitting.isEmpty()) {
            return new Outcome(best.map(PeerFacts::id), Optional.empty());
        }
        var challenger = best.get();
        if (weight(challenger) - weight(sitting.get()) < MARGIN) {
            return new Outcome(incumbent, Optional.empty());
        }
        var standing = challenge
                .filter(known -> known.challenger().equals(challenger.id()))
                .orElseGet(() -> new Challenge(challenger.id(), now.millis()));
        return now.isPast(standing.since(), PATIENCE_MILLIS)
                ? new Outcome(Optional.of(challenger.id()), Optional.empty())
                : new Outcome(incumbent, Optional.of(standing));
    }

    private static int weight(PeerFacts peer) {
        var hq = switch (peer.hq()) {
            case REACHABLE -> 200;
            case UNKNOWN -> 20;
            case UNREACHABLE -> 0;
        };
        return hq
                + (peer.uplink() == Pin.PREFERRED ? 1000 : 0)
                + (peer.link() == PeerFacts.Link.WIRED ? 100 : 0)
                + (peer.power() == PeerFacts.Power.MAINS ? 50 : 0);
    }
}
