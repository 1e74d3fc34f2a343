package org.pxemesh.mesh;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The coordinator's one versioned word to its segment: who is there with which published weight, and who is uplink.
 *
 * @param viewId the view it was made for
 * @param version counts up within a view
 * @param uplink the current term; nothing while no member may be uplink
 * @param entries the members that announced themselves
 */
public record Directory(long viewId, long version, Optional<UplinkTerm> uplink, List<Entry> entries) {
    /** Before the coordinator spoke. */
    public static final Directory NONE = new Directory(-1, 0, Optional.empty(), List.of());

    /**
     * @param weightClass the class to rank with; the peer's own reading is in its facts and may have moved on
     * @param weighedAt when the class was last changed, in the coordinator's {@link Moment#millis}; not published
     */
    public record Entry(PeerFacts facts, int weightClass, long weighedAt) {}

    public Directory {
        entries = List.copyOf(entries);
    }

    /** The ranking's inputs, limited to the members of a view: the dead rank no more, even before the next directory. */
    public RankingInputs inputs(MeshView view) {
        var present =
                entries.stream().filter(entry -> view.has(entry.facts().id())).toList();
        return new RankingInputs(
                viewId,
                version,
                present.stream()
                        .mapToInt(entry -> entry.facts().algorithm())
                        .min()
                        .orElse(Ranking.ALGORITHM),
                present.stream()
                        .map(entry -> entry.facts().rankedWith(entry.weightClass()))
                        .toList(),
                RankingInputs.holdersOf(present.stream().map(Entry::facts).toList()));
    }

    /** The facts of all entries. */
    public Collection<PeerFacts> facts() {
        return entries.stream().map(Entry::facts).toList();
    }

    /** The facts of one peer, when it announced itself. */
    public Optional<PeerFacts> facts(UUID peer) {
        return entries.stream()
                .map(Entry::facts)
                .filter(facts -> facts.id().equals(peer))
                .findFirst();
    }

    boolean knows(PeerFacts self) {
        return facts(self.id()).filter(self::equals).isPresent();
    }

    boolean saysTheSameAs(Directory other) {
        return viewId == other.viewId && uplink.equals(other.uplink) && entries.equals(other.entries);
    }

    /** What the coordinator publishes next; the version grows even when nothing else changed. */
    Directory next(MeshView view, Optional<UplinkTerm> elected, Collection<PeerFacts> present, Moment now) {
        var weighed = present.stream()
                .sorted(Comparator.comparing(PeerFacts::id))
                .map(peer -> weigh(peer, now))
                .toList();
        return new Directory(view.id(), viewId == view.id() ? version + 1 : 1, elected, weighed);
    }

    private Entry weigh(PeerFacts peer, Moment now) {
        return entries.stream()
                .filter(entry -> entry.facts().id().equals(peer.id()))
                .filter(entry -> entry.weightClass() == peer.weightClass()
                        || !now.isPast(entry.weighedAt(), Coordinator.WEIGHT_FOR_MILLIS))
                .map(entry -> new Entry(peer, entry.weightClass(), entry.weighedAt()))
                .findFirst()
                .orElseGet(() -> new Entry(peer, peer.weightClass(), now.millis()));
    }

    /** Another machine's monotonic clock means nothing here: a new coordinator counts from when it heard. */
    Directory receivedAt(Moment now) {
        return new Directory(
                viewId,
                version,
                uplink,
                entries.stream()
                        .map(entry -> new Entry(entry.facts(), entry.weightClass(), now.millis()))
                        .toList());
    }
}
