package org.pxemesh.agent.mesh;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.firmware.LearnedForm;
import org.pxemesh.agent.uplinks.UplinkHint;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.mesh.Directory;
import org.pxemesh.mesh.PeerFacts;
import org.pxemesh.mesh.RankingMember;
import org.pxemesh.mesh.UplinkTerm;

/** What the peers of a segment tell one another. Whoever reads one must expect anything in it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @Type(value = MeshMessage.FactsAnnounced.class, name = "facts"),
    @Type(value = MeshMessage.DirectoryPublished.class, name = "directory"),
    @Type(value = MeshMessage.ViewAsked.class, name = "view?"),
    @Type(value = MeshMessage.ViewAnswered.class, name = "view"),
    @Type(value = MeshMessage.RecordsShared.class, name = "records"),
    @Type(value = MeshMessage.SnapshotTold.class, name = "snapshot"),
    @Type(value = MeshMessage.SnapshotAsked.class, name = "snapshot?"),
    @Type(value = MeshMessage.HoldingsTold.class, name = "holdings"),
    @Type(value = MeshMessage.ChunksTold.class, name = "chunks"),
    @Type(value = MeshMessage.UplinksTold.class, name = "uplinks"),
    @Type(value = MeshMessage.FirmwareTold.class, name = "firmware"),
    @Type(value = MeshMessage.EventsSent.class, name = "events"),
    @Type(value = MeshMessage.EventsTaken.class, name = "events!")
})
public sealed interface MeshMessage {
    /**
     * A member introduces itself, or its facts changed.
     *
     * @param uplink the latest term that it knows
     */
    record FactsAnnounced(PeerFacts facts, @Nullable UplinkTerm uplink) implements MeshMessage {}

    /**
     * The coordinator's directory.
     *
     * @param uplink null while no member may be uplink
     * @param seed id of the segment as long as HQ knows no site for its network; new coordinators keep it
     */
    record DirectoryPublished(
            long viewId, long version, @Nullable UplinkTerm uplink, UUID seed, List<DirectoryEntry> entries)
            implements MeshMessage {
        public DirectoryPublished {
            entries = List.copyOf(entries);
        }

        /** As its readers keep it. */
        public Directory toDirectory() {
            return new Directory(
                    viewId,
                    version,
                    Optional.ofNullable(uplink),
                    entries.stream()
                            .map(entry -> new Directory.Entry(entry.facts(), entry.weightClass(), 0))
                            .toList());
        }
    }

    /** See {@link DirectoryPublished}. */
    record DirectoryEntry(PeerFacts facts, int weightClass) {
        public DirectoryEntry {
            if (weightClass < 0 || weightClass > RankingMember.MAX_WEIGHT_CLASS) {
                throw new IllegalArgumentException("weightClass must be 0 to 3, not " + weightClass);
            }
        }
    }

    /** After a pause: is this view still the current one? */
    record ViewAsked(long viewId) implements MeshMessage {}

    /** The view that the answering member is in. */
    record ViewAnswered(long viewId) implements MeshMessage {}

    /**
     * Records from HQ, from the uplink to all or as an answer to {@link SnapshotAsked}.
     *
     * @param cluster the Kafka cluster that they were read from
     * @param next where to ask on, empty at the end, null where nobody asked
     */
    record RecordsShared(
            String cluster,
            List<SignedRecord> records,
            @Nullable String next) implements MeshMessage {
        public RecordsShared {
            records = List.copyOf(records);
        }
    }

    /**
     * What the sender's snapshot looks like; the uplink tells it after each change and now and then.
     *
     * @param cluster the Kafka cluster that it came from, empty when there is none yet
     * @param records how many
     * @param digest over all of them, whatever their order
     * @param offsets the next offset by {@code topic/partition}; they belong to exactly this digest
     */
    record SnapshotTold(String cluster, int records, long digest, Map<String, Long> offsets) implements MeshMessage {
        public SnapshotTold {
            offsets = Map.copyOf(offsets);
        }
    }

    /**
     * Send me your records.
     *
     * @param after the last one that I have, in your order; empty from the start
     */
    record SnapshotAsked(String after) implements MeshMessage {}

    /**
     * Which chunks of a package the sender has.
     *
     * @param manifest digest of the manifest that numbers the chunks
     * @param bits one per chunk
     */
    record HoldingsTold(String packageRef, String manifest, byte[] bits) implements MeshMessage {}

    /**
     * Chunks of a package that the sender has since it last spoke of it.
     *
     * @param manifest digest of the manifest that numbers the chunks
     */
    record ChunksTold(String packageRef, String manifest, List<Integer> chunks) implements MeshMessage {
        public ChunksTold {
            chunks = List.copyOf(chunks);
        }
    }

    /** The uplinks of the site's other segments, as the sender heard of them: whom to ask, and nothing to act on. */
    record UplinksTold(List<UplinkHint> uplinks) implements MeshMessage {
        public UplinksTold {
            uplinks = List.copyOf(uplinks);
        }
    }

    /** Which forms firmwares took at the sender or elsewhere in the segment; the later proof counts. */
    record FirmwareTold(List<LearnedForm> learned) implements MeshMessage {
        public FirmwareTold {
            learned = List.copyOf(learned);
        }
    }

    /**
     * Events for HQ, to the uplink; each batch waits for the one before.
     *
     * @param batch numbers the batch, to be repeated in the answer
     */
    record EventsSent(long batch, List<UpEvent> events) implements MeshMessage {
        public EventsSent {
            events = List.copyOf(events);
        }
    }

    /** Kafka has all events of this batch. */
    record EventsTaken(long batch) implements MeshMessage {}

    /** An event on its way up. */
    record UpEvent(String topic, String key, UUID siteId, Envelope envelope) {}
}
