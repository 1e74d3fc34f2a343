package org.pxemesh.agent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.stream.StreamVerdict;

/** What is still arriving at this peer, and may be served meanwhile. Safe for use by several threads; nothing blocks. */
public interface Arrivals {

    /** Nothing arrives. */
    Arrivals NONE = new Arrivals() {
        @Override
        public Map<String, Set<String>> packages() {
            return Map.of();
        }

        @Override
        public StreamVerdict mayOffer(String packageRef, List<String> paths, Reader reader) {
            return NOTHING;
        }

        @Override
        public StreamVerdict mayServe(Sha256 file, long position, Reader reader) {
            return NOTHING;
        }

        @Override
        public void reading(Sha256 file, long position) {}
    };

    StreamVerdict NOTHING = new StreamVerdict.No("it is not being fetched here");

    /**
     * How a client reads.
     *
     * @param bytesPerSecond that it takes when it is not held up, at least 1
     * @param patienceMillis that its firmware waits for a block before it gives up, at least 1
     */
    record Reader(long bytesPerSecond, long patienceMillis) {}

    /** Paths by package reference, of the packages that are being fetched and are not whole. */
    Map<String, Set<String>> packages();

    /**
     * Whether a client that will read these files, one after the other, would not starve. From now on and for a minute
     * these files come before all others.
     */
    StreamVerdict mayOffer(String packageRef, List<String> paths, Reader reader);

    /** Whether a client that reads one file from a position on would not starve. */
    StreamVerdict mayServe(Sha256 file, long position, Reader reader);

    /** A client is there now: what follows comes before all else, until it is not heard of for half a minute. */
    void reading(Sha256 file, long position);
}
