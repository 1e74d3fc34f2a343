package org.pxemesh.agent.tftp;

import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.Readers;
import org.pxemesh.netboot.tftp.TftpEffect.SendBlocks;

/**
 * A transfer's wait for blocks that are still arriving: since when, and what keeps its client waiting too. TFTP's thread
 * only.
 */
final class Hunger {

    /** A client that asks again is told that somebody is there, and no oftener: each copy may bring another question. */
    private static final long SIGN_OF_LIFE_MILLIS = 500;

    private @Nullable SendBlocks wanted;
    private long since;
    private long signedAt;

    /** Blocks are to be sent that are not there. */
    void begins(SendBlocks blocks, long now) {
        if (wanted == null) {
            since = now;
            signedAt = now;
        }
        wanted = blocks;
    }

    void ends() {
        wanted = null;
    }

    /** What is to be sent as soon as it is there; null when nothing is waited for. */
    @Nullable
    SendBlocks wanted() {
        return wanted;
    }

    /** Whether no firmware would wait any longer. */
    boolean isOverdue(long now) {
        return wanted != null && now - since > Readers.TFTP_PATIENCE_MILLIS;
    }

    /** The client asked again; whether it is shown that somebody is there. */
    boolean showsLife(long now) {
        boolean shows = wanted != null && now - signedAt >= SIGN_OF_LIFE_MILLIS;
        signedAt = shows ? now : signedAt;
        return shows;
    }
}
