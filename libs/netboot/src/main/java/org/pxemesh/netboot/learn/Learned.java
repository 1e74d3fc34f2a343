package org.pxemesh.netboot.learn;

import org.pxemesh.netboot.pxe.ReplyForm;

/**
 * A firmware of this segment took a form.
 *
 * @param fingerprint id of its fingerprint
 * @param form that it took last
 * @param provenAt when, in seconds since 1970
 */
public record Learned(String fingerprint, ReplyForm form, long provenAt) {

    /** How long it counts without being seen again: firmware is updated, and machines are replaced. */
    public static final long AGES_AFTER_SECONDS = 180L * 24 * 3600;

    public Learned {
        if (!Fingerprint.isId(fingerprint)) {
            throw new IllegalArgumentException("a fingerprint's id is 16 hexadecimal digits, not " + fingerprint);
        }
    }

    boolean isFresh(long now) {
        return now - provenAt < AGES_AFTER_SECONDS;
    }
}
