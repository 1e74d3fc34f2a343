package org.pxemesh.agent.uplinks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.events.Event;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerReported;

/**
 * What this agent heard of the uplinks of its sites, kept on disk: a segment whose uplink dies while HQ is out of reach
 * still finds the others. Bounded; safe for several threads.
 */
public final class UplinkHints {
    private static final Logger LOG = Logger.getLogger(UplinkHints.class);
    private static final ObjectMapper MAPPER = MeshCodec.newMapper();
    private static final int KEPT = 64;

    private final Path file;
    private final Map<UUID, UplinkHint> bySegment = new HashMap<>();

    public UplinkHints(Path stateDir) {
        file = stateDir.resolve("site-uplinks.json");
        try {
            if (Files.exists(file)) {
                MAPPER.readValue(Files.readAllBytes(file), new TypeReference<List<UplinkHint>>() {})
                        .forEach(this::take);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("event=uplink-hints-unreadable file=%s reason=%s", file, e.getMessage());
        }
    }

    /** All of a site, but for some segments. */
    public synchronized List<UplinkHint> of(UUID site, List<UUID> without) {
        return bySegment.values().stream()
                .filter(hint -> hint.siteId().equals(site) && !without.contains(hint.segmentId()))
                .sorted(Comparator.comparing(UplinkHint::segmentId))
                .toList();
    }

    /** All that is kept. */
    public synchronized List<UplinkHint> all() {
        return List.copyOf(bySegment.values());
    }

    /** Takes a hint in; true when the uplink of its segment is another one now. */
    public synchronized boolean learn(UplinkHint hint) {
        var isNew = take(hint);
        if (isNew) {
            save();
        }
        return isNew;
    }

    /** What an uplink says of itself: it counts only until HQ or an earlier election says otherwise. */
    public synchronized boolean claim(UplinkHint hint) {
        @Nullable UplinkHint known = bySegment.get(hint.segmentId());
        return (known == null || known.term() < hint.term()) && learn(hint);
    }

    /** What HQ derived of a site's segments and peers; true when an uplink is another one now. */
    public boolean learn(Event event, long epochSecond) {
        return switch (event) {
            case PeerElected e ->
                address(e.address())
                        .filter(a ->
                                learn(new UplinkHint(e.siteId(), e.segmentId(), e.peerId(), a, e.term(), epochSecond)))
                        .isPresent();
            case PeerReported e -> {
                sign(e.segmentId(), e.peerId(), epochSecond);
                yield false;
            }
            default -> false;
        };
    }

    /** When there was last a sign of a segment's uplink, in epoch seconds; 0 = never. */
    synchronized long heardAt(UUID segment) {
        var hint = bySegment.get(segment);
        return hint == null ? 0 : hint.heardAt();
    }

    /** There was a sign of an uplink. */
    synchronized void sign(UUID segment, UUID peer, long epochSecond) {
        bySegment.computeIfPresent(
                segment, (id, hint) -> hint.peerId().equals(peer) ? hint.heardAt(epochSecond) : hint);
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean take(UplinkHint hint) {
        @Nullable UplinkHint known = bySegment.get(hint.segmentId());
        if (known != null && known.term() > hint.term()) {
            return false;
        }
        if (known == null && bySegment.size() >= KEPT) {
            bySegment.values().stream()
                    .min(Comparator.comparingLong(UplinkHint::heardAt))
                    .ifPresent(oldest -> bySegment.remove(oldest.segmentId()));
        }
        bySegment.put(hint.segmentId(), known == null ? hint : hint.heardAt(known.heardAt()));
        return known == null
                || !known.peerId().equals(hint.peerId())
                || !known.address().equals(hint.address());
    }

    private void save() {
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsBytes(all()));
        } catch (IOException e) {
            LOG.warnf("event=uplink-hints-not-kept reason=%s", e.getMessage());
        }
    }
}
