package org.pxemesh.netboot.learn;

import java.util.Optional;
import org.pxemesh.netboot.pxe.ReplyForm;

/**
 * What HQ says of a firmware.
 *
 * @param form that other sites found, or an administrator chose; empty when what was learned is to be forgotten
 * @param pinned whether nothing else is to be tried
 * @param since in seconds since 1970: what was learned before a revert is void, and advice ages from here
 */
public record Advice(Optional<ReplyForm> form, boolean pinned, long since) {

    boolean reverts(Learned learned) {
        return form.isEmpty() && learned.provenAt() <= since;
    }

    boolean isFresh(long now) {
        return pinned || now - since < Learned.AGES_AFTER_SECONDS;
    }
}
