package org.pxemesh.agent.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.content.WanClient;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.uplinks.SiteDesk;
import org.pxemesh.agent.uplinks.SiteLink;
import org.pxemesh.agent.uplinks.SiteQuestion;
import org.pxemesh.agent.uplinks.SiteWord;
import org.pxemesh.agent.uplinks.UplinkHint;
import org.pxemesh.agent.uplinks.UplinkHints;
import org.pxemesh.content.wan.FellowUplink;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.mesh.UplinkTerm;
import org.pxemesh.policy.Cidr;

/** This agent among the uplinks of its sites: hints from HQ and neighbours, questions to the others, answers to theirs. */
public final class SiteUplinks implements SiteSide, SiteLink.Heard, AutoCloseable {
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();

    /** A term is an epoch second; one from the future would outlast all elections to come. */
    private static final long CLOCKS_APART_SECONDS = 300;

    private final AgentParts parts;
    private final Swarm swarm;
    private final WanClient wan;
    private boolean fetching;
    private final Supplier<Collection<SegmentAgent>> segments;
    private final Clock clock = Clock.systemUTC();
    private final UplinkHints hints;
    private final SiteLink link;
    private final SiteDesk desk = new SiteDesk();

    public SiteUplinks(
            AgentParts parts, ContentClient client, Swarm swarm, Supplier<Collection<SegmentAgent>> segments) {
        this.parts = parts;
        this.swarm = swarm;
        this.wan = client.wan();
        this.segments = segments;
        this.hints = new UplinkHints(parts.config().stateDir());
        this.link = new SiteLink(parts.self(), parts.config().http().port(), client, hints, clock, this);
    }

    /** Follows elections and site maps; to be called when they may have changed, and now and then. */
    public void refresh() {
        link.refresh(segments.get().stream()
                .filter(segment -> segment.isUplink() && segment.isServed())
                .map(segment -> new SiteLink.Own(
                        segment.siteId(),
                        segment.segmentId(),
                        term(segment),
                        segment.port().address()))
                .toList());
    }

    /** The other uplinks may want to know what is here now. */
    public void holdingsChanged() {
        desk.changed();
    }

    /** Into how many parts a site's limits are divided now; the others hear that this peer fetches, or no more. */
    public synchronized int limitParts(UUID site) {
        if (fetching != wan.isFetching()) {
            fetching = !fetching;
            desk.changed();
        }
        return FellowUplink.parts(link.fellows(site));
    }

    /** Whether it is known who else fetches for the sites. */
    public boolean isSettled() {
        return link.isSettled();
    }

    /** Where another segment's uplink is. */
    public Optional<InetAddress> address(UUID peer) {
        return link.address(peer);
    }

    private static long term(SegmentAgent segment) {
        return segment.state()
                .known()
                .directory()
                .uplink()
                .map(UplinkTerm::term)
                .orElse(0L);
    }

    @Override
    public void hinted(SegmentAgent segment, Envelope hint) {
        try {
            var event = hint.event();
            if (segment.siteId().equals(org.pxemesh.events.TopicCatalog.siteOf(event))
                    && hints.learn(event, hint.time().getEpochSecond())) {
                spread();
            }
        } catch (MalformedEventException e) {
            // A record of a newer HQ; a hint less.
            parts.metrics().malformed();
        }
    }

    @Override
    public void told(MeshMessage.UplinksTold uplinks) {
        var isNews = false;
        for (var hint : uplinks.uplinks()) {
            isNews |= isOfHere(hint) && hints.learn(hint);
        }
        if (isNews) {
            refresh();
        }
    }

    @Override
    public void introduce(SegmentAgent segment) {
        var known = hints.of(segment.siteId(), List.of());
        if (!known.isEmpty()) {
            segment.broadcast(new MeshMessage.UplinksTold(known));
        }
    }

    @Override
    public CompletionStage<byte[]> word(SegmentAgent segment, SiteQuestion question) {
        var claim = new UplinkHint(
                segment.siteId(),
                question.segmentId(),
                question.peerId(),
                question.address(),
                question.term(),
                clock.instant().getEpochSecond());
        if (!question.segmentId().equals(segment.segmentId()) && isOfHere(claim) && hints.claim(claim)) {
            // Sooner than HQ can say so: it was elected a moment ago.
            spread();
        }
        return desk.newerThan(question.version())
                .thenApply(version -> json(new SiteWord(
                        parts.self(),
                        segment.segmentId(),
                        segment.isUplink() ? Math.max(1, term(segment)) : 0,
                        version,
                        swarm.words(),
                        wan.isFetching())));
    }

    /** Addresses come from HQ's signed site map, or they are none that we would ask. */
    private boolean isOfHere(UplinkHint hint) {
        var site = parts.snapshots().policy().sites().get(hint.siteId());
        return site != null
                && hint.term() <= clock.instant().getEpochSecond() + CLOCKS_APART_SECONDS
                && hint.address() instanceof Inet4Address address
                && site.networks().stream()
                        .anyMatch(network -> Cidr.parse(network).contains(address));
    }

    private void spread() {
        refresh();
        segments.get().stream().filter(SegmentAgent::isUplink).forEach(this::introduce);
    }

    private static byte[] json(SiteWord word) {
        try {
            return MAPPER.writeValueAsBytes(word);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the word has no JSON form", e);
        }
    }

    @Override
    public List<String> problems(SegmentAgent segment) {
        return segment.isUplink() ? link.problems() : List.of();
    }

    @Override
    public void far(SiteWord word) {
        swarm.far(word.segmentId(), word.peerId(), word.packages());
    }

    @Override
    public void farLost(UUID segment, UUID peer) {
        swarm.farLost(segment, peer);
    }

    @Override
    public void linksChanged() {
        segments.get().forEach(segment -> segment.run(segment::linksChanged));
        swarm.shareAnew();
    }

    @Override
    public void close() {
        link.close();
        desk.close();
    }
}
