package org.pxemesh.content.http;

import org.jspecify.annotations.Nullable;

/** The headers of a GET or HEAD that decide what of a file is sent; null where the client sent none. */
public record ContentRequest(
        @Nullable String range,
        @Nullable String ifRange,
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch) {

    /** A request without any of them. */
    public static final ContentRequest PLAIN = new ContentRequest(null, null, null, null);
}
