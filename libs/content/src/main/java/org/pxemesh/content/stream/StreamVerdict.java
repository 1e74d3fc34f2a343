package org.pxemesh.content.stream;

/** Whether a client may begin although not everything is here. */
public sealed interface StreamVerdict {

    /** It will not starve. */
    record Now() implements StreamVerdict {}

    /**
     * It would starve now.
     *
     * @param millis after which it may begin, if all goes on as it does
     * @param reason in words
     */
    record Later(long millis, String reason) implements StreamVerdict {}

    /**
     * Nobody can say when.
     *
     * @param reason in words
     */
    record No(String reason) implements StreamVerdict {}

    default boolean isNow() {
        return this instanceof Now;
    }

    /** Why not now, in words; empty when it is. */
    default String words() {
        return switch (this) {
            case Now now -> "";
            case Later(long millis, String reason) -> reason + "; in about " + (millis + 999) / 1000 + " s it will do";
            case No(String reason) -> reason;
        };
    }
}
