package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Chunks are missing.
 *
 * @param held chunks that are verified and on disk
 * @param sources who has what
 * @param inFlight requests under way: chunk to source
 * @param rarity how many neighbours have which chunk, and what is neither here nor under way
 * @param owners who fetches what one neighbour alone has
 * @param patience what is left to others
 * @param hurried chunks that somebody waits for, the soonest first
 */
record Gathering(
        SwarmJob job,
        Holdings held,
        Sources sources,
        SortedMap<Integer, Source> inFlight,
        Rarity rarity,
        Owners owners,
        Patience patience,
        List<Integer> hurried)
        implements SwarmState {

    Gathering {
        inFlight = Collections.unmodifiableSortedMap(inFlight);
        hurried = List.copyOf(hurried);
    }

    /** Nothing is under way. */
    static Gathering with(SwarmJob job, Holdings held, Sources sources) {
        Gathering blank = new Gathering(
                job,
                held,
                Sources.NONE,
                Collections.emptySortedMap(),
                Rarity.of(held),
                Owners.of(job.self(), List.of(), List.of(), held.size()),
                Patience.FRESH,
                List.of());
        Gathering all = blank;
        for (Source source : sources.known().keySet()) {
            all = all.knowing(source, all.sources.with(source, sources.known().get(source)));
        }
        return all;
    }

    @Override
    public boolean awaits(Source source, int chunk) {
        return source.equals(inFlight.get(chunk));
    }

    SwarmStep on(SwarmEvent event) {
        return switch (event) {
            case SwarmEvent.PeerAnnounced e -> onPeerAnnounced(e);
            case SwarmEvent.PeerGained e -> onPeerGained(e);
            case SwarmEvent.PeerLeft e ->
                withoutRequestsTo(e.peer())
                        .knowing(e.peer(), sources.left(e.peer()))
                        .fetch();
            case SwarmEvent.WanGranted e ->
                knowing(Source.WAN, sources.announced(Source.WAN, e.chunks())).fetch();
            case SwarmEvent.WanRevoked ignored ->
                withoutRequestsTo(Source.WAN)
                        .knowing(Source.WAN, sources.left(Source.WAN))
                        .fetch();
            case SwarmEvent.ChunkStored e -> onChunkStored(e.source(), e.chunk());
            case SwarmEvent.ChunkFailed e -> onChunkFailed(e.source(), e.chunk());
            case SwarmEvent.SourceBusy e -> onSourceBusy(e.source(), e.chunk());
            case SwarmEvent.ChunkCorrupt e -> onChunkCorrupt(e.source(), e.chunk());
            case SwarmEvent.ChunkLost e -> onChunkLost(e.chunk());
            case SwarmEvent.SourceRested e ->
                knowing(e.source(), sources.rested(e.source())).fetch();
            case SwarmEvent.PatienceOver ignored -> onPatienceOver();
            case SwarmEvent.Hurried e -> onHurried(e.chunks());
        };
    }

    /** A neighbour that was unknown does not know us either: it is told what we have. */
    private SwarmStep onPeerAnnounced(SwarmEvent.PeerAnnounced event) {
        if (event.holdings().size() != job.index().size()) {
            return new SwarmStep(
                    this, List.of(nonsense(event.peer(), event.holdings().size(), job)));
        }
        boolean isNew = sources.find(event.peer()).isEmpty();
        Gathering now = with(patience.notAlone(event.holdings())
                        .news(event.peer().id()))
                .knowing(event.peer(), sources.announced(event.peer(), event.holdings()));
        return isNew && !event.peer().far() && held.count() > 0 ? now.announceAndFetch() : now.fetch();
    }

    private SwarmStep onPeerGained(SwarmEvent.PeerGained event) {
        Holdings before = sources.holdings(event.peer(), job.index().size());
        if (event.chunks().stream().anyMatch(chunk -> chunk < 0 || chunk >= before.size())) {
            return new SwarmStep(this, List.of(nonsense(event.peer(), Collections.max(event.chunks()) + 1, job)));
        }
        boolean isNew = sources.find(event.peer()).isEmpty();
        Gathering now = with(patience.notAlone(event.chunks()).news(event.peer().id()))
                .knowing(event.peer(), sources.announced(event.peer(), before.with(event.chunks())));
        return isNew && !event.peer().far() && held.count() > 0 ? now.announceAndFetch() : now.fetch();
    }

    /** Accepted from whomever it came, late answers included: the bytes were verified. */
    private SwarmStep onChunkStored(Source source, int chunk) {
        boolean isNews = !held.has(chunk);
        Holdings now = held.with(chunk);
        Sources thankful = sources.delivered(source);
        if (now.isComplete()) {
            return new SwarmStep(
                    new Holding(job, thankful),
                    List.of(new SwarmEffect.AnnounceChunk(chunk, true), new SwarmEffect.Completed(job.packageId())));
        }
        boolean isFirst = rarity.holders(chunk) == 0;
        Patience next = patience.delivered();
        if (isNews && isFirst && source.equals(Source.WAN)) {
            next = next.alone(chunk);
        }
        Gathering stored = new Gathering(
                        job,
                        now,
                        sources,
                        without(chunk),
                        rarity.changed(editor -> editor.leave(chunk)),
                        owners,
                        next,
                        hurried)
                .knowing(source, thankful);
        return stored.fetch(isNews ? List.of(new SwarmEffect.AnnounceChunk(chunk, isFirst)) : List.of(), false);
    }

    private SwarmStep onChunkFailed(Source source, int chunk) {
        if (!source.equals(inFlight.get(chunk))) {
            return new SwarmStep(this, List.of());
        }
        return withoutRequest(chunk).rest(source, sources.failed(source), List.of());
    }

    private SwarmStep onSourceBusy(Source source, int chunk) {
        if (!source.equals(inFlight.get(chunk))) {
            return new SwarmStep(this, List.of());
        }
        return withoutRequest(chunk).rest(source, sources.busy(source), List.of());
    }

    /** A neighbour is dropped for good; HQ is only given a pause, since nobody else has what it has. */
    private SwarmStep onChunkCorrupt(Source source, int chunk) {
        if (!source.equals(inFlight.get(chunk))) {
            return new SwarmStep(this, List.of());
        }
        boolean ban = source instanceof Source.Peer;
        List<SwarmEffect> rejected = List.of(new SwarmEffect.Rejected(
                source, "chunk " + chunk + " of file " + job.index().ref(chunk).file() + " had other bytes", ban));
        return ban
                ? withoutRequestsTo(source)
                        .knowing(source, sources.banned(source))
                        .fetch(rejected, false)
                : withoutRequest(chunk).rest(source, sources.failed(source), rejected);
    }

    private SwarmStep onChunkLost(int chunk) {
        if (!held.has(chunk)) {
            return new SwarmStep(this, List.of());
        }
        return new Gathering(
                        job,
                        held.without(chunk),
                        sources,
                        inFlight,
                        rarity.changed(editor -> editor.want(chunk)),
                        owners,
                        patience,
                        hurried)
                .announceAndFetch();
    }

    /** Whoever let the pause pass in silence owns nothing any more; if nothing came at all, we help ourselves. */
    private SwarmStep onPatienceOver() {
        if (!patience.waiting()) {
            return new SwarmStep(this, List.of());
        }
        Gathering now = with(patience.over(owners.awaited())).regrouped();
        return now.fetch(List.of(), !patience.progressed());
    }

    /** What is under way comes as it comes; from now on the next request of each source is for what is waited for. */
    private SwarmStep onHurried(List<Integer> chunks) {
        List<Integer> known = chunks.stream()
                .filter(chunk -> chunk >= 0 && chunk < held.size())
                .toList();
        return known.equals(hurried)
                ? new SwarmStep(this, List.of())
                : new Gathering(job, held, sources, inFlight, rarity, owners, patience, known).fetch();
    }

    SwarmStep announceAndFetch() {
        return fetch(List.of(new SwarmEffect.Announce(held)), false);
    }

    /** One pause at a time, however many requests to the source fail together. */
    private SwarmStep rest(Source source, Sources changed, List<SwarmEffect> before) {
        boolean alreadyResting = sources.find(source)
                .map(known -> known.standing() != Sources.Standing.READY)
                .orElse(true);
        if (alreadyResting) {
            return fetch(before, false);
        }
        List<SwarmEffect> effects = new ArrayList<>(before);
        boolean busy = changed.failures(source) == sources.failures(source);
        effects.add(new SwarmEffect.RetryLater(source, busy ? 0 : changed.failures(source)));
        return knowing(source, changed).fetch(effects, false);
    }

    private SwarmStep fetch() {
        return fetch(List.of(), false);
    }

    /** Asks for as much as the limits allow. */
    private SwarmStep fetch(List<SwarmEffect> before, boolean impatient) {
        RarestFirst.Choice choice = RarestFirst.choose(this, impatient);
        boolean wait = choice.left() && !patience.waiting();
        if (choice.fetches().isEmpty() && !wait) {
            return new SwarmStep(this, before);
        }
        List<SwarmEffect> effects = new ArrayList<>(before);
        SortedMap<Integer, Source> requests = new TreeMap<>(inFlight);
        for (SwarmEffect.FetchChunk fetch : choice.fetches()) {
            requests.put(fetch.chunk(), fetch.source());
            effects.add(fetch);
        }
        if (wait) {
            effects.add(new SwarmEffect.WaitForOthers());
        }
        Rarity less = rarity.changed(editor -> choice.fetches().forEach(fetch -> editor.leave(fetch.chunk())));
        return new SwarmStep(
                new Gathering(job, held, sources, requests, less, owners, wait ? patience.waits() : patience, hurried),
                effects);
    }

    static SwarmEffect nonsense(Source.Peer peer, int chunks, SwarmJob job) {
        return new SwarmEffect.Rejected(
                peer,
                "it announced " + chunks + " chunks of a package of "
                        + job.index().size(),
                false);
    }

    /** What is known of one source changed: so did what its word counts for, and perhaps who owns what. */
    private Gathering knowing(Source source, Sources now) {
        if (now == sources) {
            return this;
        }
        Bits before = counted(sources, source);
        Bits after = counted(now, source);
        Rarity counts = before == after
                ? rarity
                : rarity.changed(editor -> Bits.difference(before, after, editor::fewer, editor::more));
        return new Gathering(job, held, now, inFlight, counts, owners, patience, hurried).regrouped();
    }

    /** The chunks of a neighbour that is believed. */
    private Bits counted(Sources in, Source source) {
        return source instanceof Source.Peer peer && !peer.far()
                ? in.find(source)
                        .filter(known -> known.isCredible(job.limits()))
                        .map(known -> known.holdings().bits())
                        .orElseGet(() -> Bits.none(held.size()))
                : Bits.none(held.size());
    }

    /** Those who gather too share the work; who holds all, or lets others wait, has none. */
    private Gathering regrouped() {
        SortedSet<UUID> group = new TreeSet<>();
        sources.known().forEach((source, known) -> {
            if (source instanceof Source.Peer peer
                    && !peer.far()
                    && known.isCredible(job.limits())
                    && !known.holdings().isComplete()) {
                group.add(peer.id());
            }
        });
        return owners.isOf(group, patience.slow())
                ? this
                : new Gathering(
                        job,
                        held,
                        sources,
                        inFlight,
                        rarity,
                        Owners.of(job.self(), group, patience.slow(), held.size()),
                        patience,
                        hurried);
    }

    private Gathering with(Patience now) {
        return now == patience ? this : new Gathering(job, held, sources, inFlight, rarity, owners, now, hurried);
    }

    private Gathering withoutRequest(int chunk) {
        return new Gathering(
                job,
                held,
                sources,
                without(chunk),
                rarity.changed(editor -> editor.want(chunk)),
                owners,
                patience,
                hurried);
    }

    private Gathering withoutRequestsTo(Source source) {
        SortedMap<Integer, Source> rest = new TreeMap<>(inFlight);
        rest.values().removeIf(source::equals);
        if (rest.size() == inFlight.size()) {
            return this;
        }
        Rarity more = rarity.changed(editor -> inFlight.forEach((chunk, from) -> {
            if (from.equals(source)) {
                editor.want(chunk);
            }
        }));
        return new Gathering(job, held, sources, rest, more, owners, patience, hurried);
    }

    private SortedMap<Integer, Source> without(int chunk) {
        SortedMap<Integer, Source> rest = new TreeMap<>(inFlight);
        rest.remove(chunk);
        return rest;
    }
}
