package org.pxemesh.netboot.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.pxe.ReplyForm;

/**
 * The trials of a segment's clients by hardware address; iPXE and other clients of a single form are not in it. Bounded:
 * who was silent longest is forgotten first. Not for several threads; times are monotonic milliseconds.
 */
public final class TrialBook {

    private record Page(Fingerprint fingerprint, Trial trial) {}

    /** A firmware took a form. */
    public record Observation(Fingerprint fingerprint, ReplyForm form, List<ReplyForm> passed) {}

    private final int capacity;
    private final Map<HardwareAddress, Page> pages = new LinkedHashMap<>(64, 0.75f, true);

    /** @param capacity clients to remember, at least 1 */
    public TrialBook(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
    }

    /** The form in which a DISCOVER is to be answered, by whichever peer. */
    public ReplyForm discovered(HardwareAddress client, Fingerprint fingerprint, FormPlan plan, long now) {
        Page page = pages.get(client);
        // Another firmware under the same address begins anew.
        Trial before = page != null && page.fingerprint.equals(fingerprint) ? page.trial : new Trial.Fresh();
        Trial after = Trials.apply(before, new TrialEvent.Discovered(plan, now)).trial();
        pages.put(client, new Page(fingerprint, after));
        if (pages.size() > capacity) {
            pages.remove(pages.keySet().iterator().next());
        }
        return after instanceof Trial.Due due ? due.form() : plan.first();
    }

    /** The form that the client's last DISCOVER is to be answered in. */
    public Optional<ReplyForm> due(HardwareAddress client) {
        Page page = pages.get(client);
        return page == null
                ? Optional.empty()
                : switch (page.trial) {
                    case Trial.Fresh t -> Optional.empty();
                    case Trial.Due t -> Optional.of(t.form());
                    case Trial.Waiting t -> Optional.of(t.form());
                    case Trial.Asking t -> Optional.of(t.form());
                    case Trial.Taken t -> Optional.of(t.form());
                };
    }

    /** What was tried with a client does not count for what it does next. */
    public void forget(HardwareAddress client) {
        pages.remove(client);
    }

    public void offered(HardwareAddress client, ReplyForm form, long now) {
        advance(client, new TrialEvent.Offered(form, now));
    }

    public void answererLeft(HardwareAddress client) {
        advance(client, new TrialEvent.AnswererLeft());
    }

    public void requested(HardwareAddress client, long now) {
        advance(client, new TrialEvent.Requested(now));
    }

    /** Port 4011 or a file was asked for; tells what that proves, the first time. */
    public Optional<Observation> took(HardwareAddress client, long now) {
        return advance(client, new TrialEvent.Took(now));
    }

    /** Clients remembered now. */
    public int size() {
        return pages.size();
    }

    private Optional<Observation> advance(HardwareAddress client, TrialEvent event) {
        Page page = pages.get(client);
        if (page == null) {
            return Optional.empty();
        }
        Trials.Step step = Trials.apply(page.trial, event);
        pages.put(client, new Page(page.fingerprint, step.trial()));
        return step.proof().map(proof -> new Observation(page.fingerprint, proof.form(), proof.passed()));
    }
}
