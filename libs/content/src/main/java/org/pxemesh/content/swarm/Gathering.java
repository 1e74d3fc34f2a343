package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chunks are missing.
 *
 * @param held chunks that are verified and on disk
 * @param sources who has what
 * @param inFlight requests under way: chunk to source
 * @param unannounced chunks stored since the neighbours were last told
 */
public record Gathering(
        SwarmJob job, Holdings held, Sources sources, SortedMap<Integer, Source> inFlight, int unannounced)
        implements SwarmState {

    public Gathering {
        inFlight = Collections.unmodifiableSortedMap(new TreeMap<>(inFlight));
    }

    static Gathering with(SwarmJob job, Holdings held, Sources sources) {
        return new Gathering(job, held, sources, Collections.emptySortedMap(), 0);
    }

    SwarmStep on(SwarmEvent event) {
        return switch (event) {
            case SwarmEvent.PeerAnnounced e -> onPeerAnnounced(e);
            case SwarmEvent.PeerLeft e ->
                withoutRequestsTo(e.peer()).with(sources.left(e.peer())).fetch(List.of());
            case SwarmEvent.WanGranted e ->
                with(sources.announced(Source.WAN, e.chunks())).fetch(List.of());
            case SwarmEvent.WanRevoked ignored ->
                withoutRequestsTo(Source.WAN).with(sources.left(Source.WAN)).fetch(List.of());
            case SwarmEvent.ChunkStored e -> onChunkStored(e.source(), e.chunk());
            case SwarmEvent.ChunkFailed e -> onChunkFailed(e.source(), e.chunk());
            case SwarmEvent.ChunkCorrupt e -> onChunkCorrupt(e.source(), e.chunk());
            case SwarmEvent.ChunkLost e -> with(held.without(e.chunk())).announceAndFetch();
            case SwarmEvent.SourceRested e -> with(sources.rested(e.source())).fetch(List.of());
        };
    }

    /** A neighbour that was unknown does not know us either: it is told what we have. */
    private SwarmStep onPeerAnnounced(SwarmEvent.PeerAnnounced event) {
        if (event.holdings().size() != job.index().size()) {
            return new SwarmStep(this, List.of(nonsense(event, job)));
        }
        Gathering now = with(sources.announced(event.peer(), event.holdings()));
        boolean isNew = sources.find(event.peer()).isEmpty();
        return isNew && held.count() > 0 ? now.announceAndFetch() : now.fetch(List.of());
    }

    /** Accepted from whomever it came, late answers included: the bytes were verified. */
    private SwarmStep onChunkStored(Source source, int chunk) {
        Holdings now = held.with(chunk);
        Sources thankful = sources.delivered(source);
        if (now.isComplete()) {
            return new SwarmStep(
                    new Holding(job, thankful),
                    List.of(new SwarmEffect.Announce(now), new SwarmEffect.Completed(job.packageId())));
        }
        int news = held.has(chunk) ? unannounced : unannounced + 1;
        Gathering next = new Gathering(job, now, thankful, without(chunk), news);
        return news >= job.limits().announceEvery() ? next.announceAndFetch() : next.fetch(List.of());
    }

    private SwarmStep onChunkFailed(Source source, int chunk) {
        if (!source.equals(inFlight.get(chunk))) {
            return new SwarmStep(this, List.of());
        }
        return withoutRequest(chunk).rest(source, List.of());
    }

    /** A neighbour is dropped for good; HQ is only given a pause, since nobody else has what it has. */
    private SwarmStep onChunkCorrupt(Source source, int chunk) {
        if (!source.equals(inFlight.get(chunk))) {
            return new SwarmStep(this, List.of());
        }
        boolean ban = source instanceof Source.Peer;
        SwarmEffect rejected = new SwarmEffect.Rejected(
                source, "chunk " + chunk + " of file " + job.index().ref(chunk).file() + " had other bytes", ban);
        return ban
                ? withoutRequestsTo(source).with(sources.banned(source)).fetch(List.of(rejected))
                : withoutRequest(chunk).rest(source, List.of(rejected));
    }

    SwarmStep announceAndFetch() {
        return new Gathering(job, held, sources, inFlight, 0).fetch(List.of(new SwarmEffect.Announce(held)));
    }

    /** One pause at a time, however many requests to the source fail together. */
    private SwarmStep rest(Source source, List<SwarmEffect> before) {
        boolean alreadyResting = sources.find(source)
                .map(known -> known.standing() != Sources.Standing.READY)
                .orElse(true);
        Gathering now = alreadyResting ? this : with(sources.failed(source));
        List<SwarmEffect> effects = new ArrayList<>(before);
        if (!alreadyResting) {
            effects.add(new SwarmEffect.RetryLater(
                    source,
                    now.sources.find(source).map(Sources.Known::failures).orElse(1)));
        }
        return now.fetch(effects);
    }

    /** Asks for as much as the limits allow, and tells late news when there is nothing to wait for. */
    private SwarmStep fetch(List<SwarmEffect> before) {
        List<SwarmEffect> effects = new ArrayList<>(before);
        SortedMap<Integer, Source> requests = new TreeMap<>(inFlight);
        for (SwarmEffect.FetchChunk fetch : RarestFirst.choose(this)) {
            requests.put(fetch.chunk(), fetch.source());
            effects.add(fetch);
        }
        boolean idle = requests.isEmpty() && unannounced > 0;
        if (idle) {
            effects.add(new SwarmEffect.Announce(held));
        }
        return new SwarmStep(new Gathering(job, held, sources, requests, idle ? 0 : unannounced), effects);
    }

    static SwarmEffect nonsense(SwarmEvent.PeerAnnounced event, SwarmJob job) {
        return new SwarmEffect.Rejected(
                event.peer(),
                "it announced " + event.holdings().size() + " chunks of a package of "
                        + job.index().size(),
                false);
    }

    private Gathering with(Sources now) {
        return new Gathering(job, held, now, inFlight, unannounced);
    }

    private Gathering with(Holdings now) {
        return new Gathering(job, now, sources, inFlight, unannounced);
    }

    private Gathering withoutRequest(int chunk) {
        return new Gathering(job, held, sources, without(chunk), unannounced);
    }

    private Gathering withoutRequestsTo(Source source) {
        SortedMap<Integer, Source> rest = new TreeMap<>(inFlight);
        rest.values().removeIf(source::equals);
        return new Gathering(job, held, sources, rest, unannounced);
    }

    private SortedMap<Integer, Source> without(int chunk) {
        SortedMap<Integer, Source> rest = new TreeMap<>(inFlight);
        rest.remove(chunk);
        return rest;
    }
}
