package org.pxemesh.agent.firmware;

import org.pxemesh.netboot.learn.Fingerprint;

/** The firmware that asks; its fingerprint is taken where there is a choice of forms. */
public interface Asking {

    Fingerprint fingerprint();

    /** Of {@link #fingerprint()}. */
    String fingerprintId();
}
