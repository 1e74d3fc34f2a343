package org.pxemesh.agent.uplinks;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.content.wan.FellowUplink;

/**
 * While this agent is uplink: asks the uplinks of the site's other segments, one question each at a time, what they have.
 * All of its state belongs to one thread.
 */
public final class SiteLink implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SiteLink.class);

    /** Waiting for a first answer costs a new uplink at most this. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** A sign of life within this time, or the segment is off and no problem at all. */
    private static final long LIVELY_SECONDS = 900;

    /** An uplink that was replaced is silent for a few seconds; a segment that is cut off is longer. */
    private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long AGAIN_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 20;

    private final UUID self;
    private final int port;
    private final ContentClient client;
    private final UplinkHints hints;
    private final Clock clock;
    private final Heard heard;
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("site-link").factory(),
            // What comes in while the agent closes is dropped.
            new ThreadPoolExecutor.DiscardPolicy());
    private final Map<UUID, Link> links = new HashMap<>();
    private volatile Map<UUID, InetAddress> addresses = Map.of();
    private volatile List<String> problems = List.of();
    private volatile Map<UUID, List<FellowUplink>> fellows = Map.of();
    private volatile boolean settled = true;
    private volatile List<Own> own = List.of();

    /** What the swarm learns; called on the link's thread. */
    public interface Heard {
        /** An uplink of another segment said what it has. */
        void far(SiteWord word);

        /** It is silent, or no uplink any more. */
        void farLost(UUID segment, UUID peer);

        /** Whom to ask, or what is wrong, is different now. */
        void linksChanged();
    }

    /** A segment of which this agent is the uplink. */
    public record Own(UUID siteId, UUID segmentId, long term, InetAddress address) {}

    private final class Link {
        Own own;
        final UplinkHint hint;
        final long since = System.nanoTime();
        long silentSince = since;
        boolean answered;
        boolean alive;
        boolean fetching = true;
        boolean ended;
        long version;

        Link(Own own, UplinkHint hint) {
            this.own = own;
            this.hint = hint;
        }

        boolean isSettled() {
            return answered || System.nanoTime() - since > SETTLE_NANOS;
        }
    }

    public SiteLink(UUID self, int port, ContentClient client, UplinkHints hints, Clock clock, Heard heard) {
        this.self = self;
        this.port = port;
        this.client = client;
        this.hints = hints;
        this.clock = clock;
        this.heard = heard;
    }

    /** Whether every other segment was asked: until then it is not known what is ours to fetch. */
    public boolean isSettled() {
        return settled;
    }

    /** Where another segment's uplink is. */
    public Optional<InetAddress> address(UUID peer) {
        return Optional.ofNullable(addresses.get(peer));
    }

    /** The uplinks of a site's other segments, as far as they are known. */
    public List<FellowUplink> fellows(UUID site) {
        return fellows.getOrDefault(site, List.of());
    }

    /** Which segments of the site are cut off from this one, in words. */
    public List<String> problems() {
        return problems;
    }

    /** Asks those that are to be asked by now, and no others. */
    public void refresh(List<Own> uplinkOf) {
        if (!uplinkOf.equals(own)) {
            own = uplinkOf;
            settled = uplinkOf.stream()
                    .allMatch(segment -> hints.of(segment.siteId(), List.of(segment.segmentId()))
                            .isEmpty());
        }
        run(() -> link(uplinkOf));
    }

    private void link(List<Own> uplinkOf) {
        var mine = uplinkOf.stream().map(Own::segmentId).toList();
        Map<UUID, Link> wanted = new HashMap<>();
        for (var own : uplinkOf) {
            for (var hint : hints.of(own.siteId(), mine)) {
                var known = links.get(hint.segmentId());
                var link = known != null
                                && known.own.segmentId().equals(own.segmentId())
                                && known.hint.peerId().equals(hint.peerId())
                                && known.hint.address().equals(hint.address())
                        ? known
                        : new Link(own, hint);
                link.own = own;
                wanted.putIfAbsent(hint.segmentId(), link);
            }
        }
        links.values().stream()
                .filter(link -> wanted.get(link.hint.segmentId()) != link)
                .toList()
                .forEach(this::end);
        wanted.forEach((segment, link) -> {
            if (links.put(segment, link) != link) {
                LOG.infof(
                        "event=site-link segment=%s uplink=%s address=%s",
                        segment, link.hint.peerId(), link.hint.address().getHostAddress());
                ask(link);
            }
        });
        tellChanges();
    }

    private void end(Link link) {
        link.ended = true;
        links.remove(link.hint.segmentId(), link);
        lost(link);
    }

    private void ask(Link link) {
        if (link.ended) {
            return;
        }
        var uri = URI.create("http://" + link.hint.address().getHostAddress() + ":" + port + "/content/site/"
                + link.version + "?segment=" + link.own.segmentId() + "&peer=" + self + "&term="
                + link.own.term() + "&address=" + link.own.address().getHostAddress());
        client.word(uri)
                .onComplete(answer -> run(() -> {
                    if (link.ended) {
                        return;
                    }
                    var word = answer.succeeded()
                            ? SiteWord.read(answer.result().getBytes()).orElse(null)
                            : null;
                    var good = word != null
                            && word.isUplink()
                            && word.segmentId().equals(link.hint.segmentId())
                            && word.peerId().equals(link.hint.peerId());
                    if (good) {
                        answered(link, Objects.requireNonNull(word));
                    } else {
                        silent(link, answer.succeeded() ? "it is not the uplink" : String.valueOf(answer.cause()));
                    }
                }));
    }

    private void answered(Link link, SiteWord word) {
        if (!link.alive) {
            LOG.infof("event=site-link-up segment=%s uplink=%s", word.segmentId(), word.peerId());
        }
        link.answered = true;
        link.alive = true;
        link.silentSince = System.nanoTime();
        link.version = word.version();
        link.fetching = !Boolean.FALSE.equals(word.fetching());
        hints.sign(word.segmentId(), word.peerId(), clock.instant().getEpochSecond());
        heard.far(word);
        tellChanges();
        again(link, PAUSE_MILLIS);
    }

    private void silent(Link link, String reason) {
        if (link.alive || !link.answered) {
            LOG.infof(
                    "event=site-link-silent segment=%s uplink=%s reason=\"%s\"",
                    link.hint.segmentId(), link.hint.peerId(), reason);
        }
        link.answered = true;
        link.version = 0;
        lost(link);
        tellChanges();
        again(link, AGAIN_MILLIS);
    }

    private void lost(Link link) {
        if (link.alive) {
            link.alive = false;
            heard.farLost(link.hint.segmentId(), link.hint.peerId());
        }
    }

    private void tellChanges() {
        Map<UUID, InetAddress> now = new HashMap<>();
        List<String> cut = new ArrayList<>();
        var lively = clock.instant().getEpochSecond() - LIVELY_SECONDS;
        for (var link : links.values()) {
            if (link.alive) {
                now.put(link.hint.peerId(), link.hint.address());
            } else if (System.nanoTime() - link.silentSince > CUT_NANOS && link.hint.heardAt() > lively) {
                cut.add("segment " + link.hint.segmentId() + " of this site is out of reach (its uplink "
                        + link.hint.address().getHostAddress() + " does not answer on TCP port " + port
                        + "): content crosses the WAN once for each");
            }
        }
        var settledNow = links.values().stream().allMatch(Link::isSettled);
        var changed = settledNow != settled || !addresses.equals(now) || !problems.equals(cut);
        addresses = Map.copyOf(now);
        fellows = links.values().stream()
                .collect(Collectors.groupingBy(
                        link -> link.own.siteId(),
                        Collectors.mapping(
                                link -> new FellowUplink(
                                        link.hint.peerId(),
                                        link.alive,
                                        link.fetching,
                                        hints.heardAt(link.hint.segmentId()) > lively),
                                Collectors.toUnmodifiableList())));
        problems = List.copyOf(cut);
        settled = settledNow;
        if (changed) {
            heard.linksChanged();
        }
    }

    private void again(Link link, long millis) {
        thread.schedule(() -> ask(link), millis, TimeUnit.MILLISECONDS);
    }

    private void run(Runnable task) {
        thread.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("event=site-link-task-failed", e);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
