package org.pxemesh.content.http;

import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Sha256;

/**
 * What a server of content sends (RFC 9110, sections 13.2.2 and 14). Content never changes, so its digest is a strong
 * ETag and no date is needed; a date in If-Range therefore never matches.
 */
public sealed interface ContentAnswer {

    /** 200 with all bytes. */
    record Whole(long size) implements ContentAnswer {}

    /** 206 with {@code length} bytes from {@code offset} of {@code size}. */
    record Part(long offset, long length, long size) implements ContentAnswer {
        /** The header's value. */
        public String contentRange() {
            return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
        }
    }

    /** 304: the client has it. */
    record NotModified() implements ContentAnswer {}

    /** 412: If-Match names something else. */
    record PreconditionFailed() implements ContentAnswer {}

    /** 416 with {@code Content-Range: bytes}&nbsp;*&#47;size: no byte of the range exists. */
    record NotSatisfiable(long size) implements ContentAnswer {}

    /** The strong ETag of content. */
    static String etag(Sha256 digest) {
        return "\"" + digest + "\"";
    }

    /** Decides by the preconditions first, then by the range, as the RFC orders them. */
    static ContentAnswer to(ContentRequest request, Sha256 digest, long size) {
        String etag = etag(digest);
        if (request.ifMatch() != null && !matches(request.ifMatch(), etag, false)) {
            return new PreconditionFailed();
        }
        if (request.ifNoneMatch() != null && matches(request.ifNoneMatch(), etag, true)) {
            return new NotModified();
        }
        boolean rangeCounts =
                request.ifRange() == null || request.ifRange().strip().equals(etag);
        return rangeCounts ? ranged(request.range(), size) : new Whole(size);
    }

    /**
     * A range that cannot be read, another unit or several ranges are answered with all bytes, as the RFC allows: who
     * asks so can use the whole.
     */
    private static ContentAnswer ranged(@Nullable String range, long size) {
        String spec = range == null ? "" : range.strip();
        if (!spec.regionMatches(true, 0, "bytes=", 0, 6)) {
            return new Whole(size);
        }
        spec = spec.substring(6).strip();
        int dash = spec.indexOf('-');
        String from = dash < 0 ? "" : spec.substring(0, dash);
        String to = dash < 0 ? "" : spec.substring(dash + 1);
        if (from.isEmpty() && to.isEmpty() || !isNumber(from) || !isNumber(to)) {
            return new Whole(size);
        }
        if (from.isEmpty()) {
            long last = Math.min(number(to), size);
            return last == 0 ? new NotSatisfiable(size) : new Part(size - last, last, size);
        }
        long first = number(from);
        long end = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (end < first) {
            return new Whole(size);
        }
        if (first >= size) {
            return new NotSatisfiable(size);
        }
        return new Part(first, Math.min(end, size - 1) - first + 1, size);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** More digits than a long has mean "to the end", whatever they are. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean matches(String list, String etag, boolean weakly) {
        for (String entry : list.split(",", -1)) {
            String tag = entry.strip();
            if (tag.equals("*") || tag.equals(etag) || weakly && tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
