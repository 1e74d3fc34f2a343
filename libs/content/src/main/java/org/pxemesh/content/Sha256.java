package org.pxemesh.content;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, the only name that content has on disk and on the wire.
 *
 * @param hex 64 lower-case hex digits; upper case is refused, because a digest is also a file name and must have one
 *     spelling
 */
public record Sha256(String hex) implements Comparable<Sha256> {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!isValid(hex)) {
            throw new IllegalArgumentException(
                    "a SHA-256 digest is 64 lower-case hex digits, not \"" + shorten(hex) + "\"");
        }
    }

    /** True if {@code hex} can name content; for callers that answer bad names instead of throwing. */
    public static boolean isValid(String hex) {
        return hex.length() == 64 && FORM.matcher(hex).matches();
    }

    public static Sha256 of(byte[] data) {
        return of(ByteBuffer.wrap(data));
    }

    /** Digests the remaining bytes of {@code data}; the buffer's position is left alone. */
    public static Sha256 of(ByteBuffer data) {
        MessageDigest digest = newDigest();
        digest.update(data.duplicate());
        return finish(digest);
    }

    /** The digest that {@code digest} has gathered so far; it is reset by this. */
    public static Sha256 finish(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Sha256 other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
