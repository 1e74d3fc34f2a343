package org.pxemesh.agent.firmware;

import java.util.Optional;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.learn.Learned;
import org.pxemesh.netboot.pxe.ReplyForms;

/**
 * {@link Learned} in messages and files.
 *
 * @param fingerprint its id
 * @param form its name
 * @param provenAt in seconds since 1970
 */
public record LearnedForm(String fingerprint, String form, long provenAt) {

    static LearnedForm of(Learned learned) {
        return new LearnedForm(learned.fingerprint(), learned.form().name(), learned.provenAt());
    }

    /** Nothing where another version's form or no fingerprint stands. */
    Optional<Learned> learned() {
        return Fingerprint.isId(fingerprint)
                ? ReplyForms.named(form).map(known -> new Learned(fingerprint, known, provenAt))
                : Optional.empty();
    }
}
