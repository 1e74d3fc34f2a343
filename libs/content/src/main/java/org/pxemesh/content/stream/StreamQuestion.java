package org.pxemesh.content.stream;

/**
 * What is known when somebody asks for a file, or for several one after the other, of which a part is missing.
 *
 * @param bytes of all of it
 * @param prefix bytes that are here without a gap from where the client begins
 * @param longestChunk bytes; what is missing arrives in such pieces, and none can be served before it is whole
 * @param arrival bytes per second that may be counted on, 0 = nothing arrives, or nobody knows yet
 * @param reading bytes per second that the client takes when it is not held up
 * @param patienceMillis how long the client's firmware waits for a block before it gives up
 */
public record StreamQuestion(
        long bytes, long prefix, int longestChunk, long arrival, long reading, long patienceMillis) {

    public StreamQuestion {
        if (bytes < 0 || prefix < 0 || prefix > bytes || arrival < 0 || reading < 1 || patienceMillis < 1) {
            throw new IllegalArgumentException("of " + bytes + " bytes " + prefix + " are here, at " + arrival
                    + " bytes a second for a client that takes " + reading + " and waits " + patienceMillis + " ms");
        }
    }

    long missing() {
        return bytes - prefix;
    }
}
