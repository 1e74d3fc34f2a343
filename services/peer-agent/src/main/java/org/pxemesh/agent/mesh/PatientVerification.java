package org.pxemesh.agent.mesh;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.VERIFY_SUSPECT2;

/**
 * Asks whoever is suspected whether it lives, and waits for the answer as long as this peer's own slowness lets expect.
 * A timer runs only while somebody is suspected.
 */
final class PatientVerification extends VERIFY_SUSPECT2 {
    private final LongSupplier patience;

    /**
     * @param patience how long to wait for an answer now, in milliseconds
     */
    PatientVerification(LongSupplier patience) {
        this.patience = patience;
        setId(ClassConfigurator.getProtocolId(VERIFY_SUSPECT2.class));
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    @Override
    protected void addSuspects(Collection<Address> suspected) {
        var wait = patience.getAsLong();
        synchronized (this) {
            setTimeout(wait);
            super.addSuspects(suspected);
        }
        // A millisecond later than the last of them is due.
        timer.schedule(this, wait + 1, TimeUnit.MILLISECONDS);
    }
}
