package org.pxemesh.agent.uplink;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.SignedRecord;

/** An uplink's connection to HQ; Kafka is behind it now, an HTTPS edge may be later. */
public interface HqLink extends AutoCloseable {
    /** Begins to connect and to follow; the listener hears from the link's own thread. */
    void open(Listener listener);

    /** Follows the records of another site's computers too, now that HQ's site map names the segment's network. */
    void site(@Nullable UUID site);

    /** Hands events to HQ, in order; completes when it has all of them, fails when it is not known to. */
    CompletionStage<Void> publish(List<UpEvent> events);

    /** Ends the connection without waiting for anything; a successor may be at work already. */
    @Override
    void close();

    /** Hears of the link. */
    interface Listener {
        /** The connection stands. */
        void connected(String cluster);

        /** The connection is gone, or could not be made; the link keeps trying. */
        void disconnected(String reason);

        /**
         * Where to read on in a cluster's topics, by {@code topic/partition}; a partition that is not named is read from
         * its start.
         */
        Map<String, Long> offsets(String cluster);

        /** A record that still has to be verified. */
        void received(String cluster, SignedRecord record);

        /** Something that HQ derived of this site, unsigned: good for nothing but to know whom to ask. */
        void hinted(Envelope hint);

        /** A record that is none. */
        void malformed(String topic, String key, String reason);

        /** HQ forgets an entity that it deleted long ago. */
        void buried(String cluster, String topic, String key);

        /** All records that were there when reading began, or since the last call, were handed over. */
        void caughtUp(String cluster, Map<String, Long> offsets);
    }
}
