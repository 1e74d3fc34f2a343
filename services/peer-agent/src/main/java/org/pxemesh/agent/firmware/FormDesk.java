package org.pxemesh.agent.firmware;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.Segment;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareState;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.learn.Advice;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.netboot.learn.FormPlan;
import org.pxemesh.netboot.learn.Learned;
import org.pxemesh.netboot.learn.TrialBook;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.pxe.ReplyForms;

/**
 * Which form a client of one segment gets, and what its behaviour teaches. A client that only one form fits is not
 * watched. Safe for use by several threads; times are monotonic milliseconds.
 */
public final class FormDesk {
    private static final Logger LOG = Logger.getLogger(FormDesk.class);
    private static final int CLIENTS = 1024;
    private static final long DAY_SECONDS = 24 * 3600;

    private final Segment segment;
    private final BiConsumer<FirmwareFingerprint, TrialBook.Observation> reporter;
    private final TrialBook book = new TrialBook(CLIENTS);
    private final Map<String, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > CLIENTS;
        }
    };

    private @Nullable FormPlan last;
    private @Nullable Basis basisOfLast;

    private record Told(ReplyForm form, long at) {}

    /** @param reporter tells HQ, once a day for a firmware and its form */
    public FormDesk(Segment segment, BiConsumer<FirmwareFingerprint, TrialBook.Observation> reporter) {
        this.segment = segment;
        this.reporter = reporter;
    }

    /**
     * A client asks: by now it is clear whether the last form was any good.
     *
     * @param asking its firmware
     * @param asks whether its firmware is to ask a person: then there is one form, and silence may be a no
     */
    public synchronized void discovered(Asking asking, ClientFacts facts, boolean asks, long now) {
        var usual = forms(facts, asks);
        if (usual.size() == 1) {
            book.forget(facts.mac());
            return;
        }
        var id = asking.fingerprintId();
        var form = book.discovered(facts.mac(), asking.fingerprint(), plan(id, usual), now);
        if (form != usual.getFirst()) {
            LOG.debugf("event=form mac=%s firmware=%s form=%s", facts.mac(), id, form.name());
        }
    }

    /** The last plan is good for the next machine when all is as it was. */
    private FormPlan plan(String id, List<ReplyForm> usual) {
        var basis = new Basis(
                id,
                usual,
                segment.firmware().of(id),
                word(id),
                segment.watch().formBeside(),
                segment.firmware().now());
        if (!basis.isLike(basisOfLast) || last == null) {
            last = FormPlan.of(usual, basis.local, basis.advice.map(FormDesk::advice), basis.beside, basis.seconds);
            basisOfLast = basis;
        }
        return last;
    }

    /** All that a plan is made of. */
    private record Basis(
            String id,
            List<ReplyForm> usual,
            Optional<Learned> local,
            Optional<FirmwareState> advice,
            Optional<ReplyForm> beside,
            long seconds) {

        boolean isLike(@Nullable Basis other) {
            return other != null
                    && seconds == other.seconds
                    && id.equals(other.id)
                    && usual.equals(other.usual)
                    && local.equals(other.local)
                    && advice.equals(other.advice)
                    && beside.equals(other.beside);
        }
    }

    /** HQ's word. */
    private Optional<FirmwareState> word(String id) {
        return Optional.ofNullable(segment.snapshot().firmware().get(id));
    }

    private static Advice advice(FirmwareState state) {
        return new Advice(
                Optional.ofNullable(state.form()).flatMap(ReplyForms::named),
                state.pinned(),
                state.since().getEpochSecond());
    }

    private static List<ReplyForm> forms(ClientFacts facts, boolean asks) {
        return ReplyForms.asking(facts).filter(form -> asks).map(List::of).orElseGet(() -> ReplyForms.inOrder(facts));
    }

    /**
     * The form of the client's next offer.
     *
     * @param asks whether its firmware is to ask a person
     */
    public synchronized ReplyForm form(ClientFacts facts, boolean asks) {
        var usual = forms(facts, asks);
        var due = book.due(facts.mac()).orElse(usual.getFirst());
        return usual.contains(due) ? due : usual.getFirst();
    }

    /** An offer was sent, by this peer or another. */
    public synchronized void offered(HardwareAddress client, boolean ipxe, ReplyForm form, long now) {
        if (form.equals(ReplyForms.PROMPT)) {
            book.forget(client);
        } else if (!ipxe) {
            book.offered(client, form, now);
        }
    }

    public synchronized void answererLeft(HardwareAddress client) {
        book.answererLeft(client);
    }

    /** The client asked a DHCP server for its address. */
    public synchronized void requested(HardwareAddress client, long now) {
        book.requested(client, now);
    }

    /** The client asked port 4011, or for a file. */
    public void took(HardwareAddress client, long now) {
        Optional<TrialBook.Observation> observation;
        synchronized (this) {
            observation = book.took(client, now);
        }
        observation.ifPresent(this::learn);
    }

    private void learn(TrialBook.Observation observation) {
        var fingerprint = observation.fingerprint();
        var id = fingerprint.id();
        if (!observation.passed().isEmpty()) {
            LOG.infof(
                    "event=firmware-learned firmware=%s form=%s passed=%s vendor-class=\"%s\"",
                    id,
                    observation.form().name(),
                    observation.passed().stream().map(ReplyForm::name).toList(),
                    fingerprint.vendorClass());
        }
        segment.firmware().learn(id, observation.form());
        if (isNews(id, observation.form(), segment.firmware().now())) {
            reporter.accept(described(fingerprint), observation);
        }
    }

    private synchronized boolean isNews(String id, ReplyForm form, long now) {
        var last = told.get(id);
        // HQ forgot what it heard before a revert, and waits for what is seen now.
        var reverted = word(id).map(FormDesk::advice)
                .filter(advice -> advice.form().isEmpty())
                .map(Advice::since);
        if (last != null
                && last.form().equals(form)
                && now - last.at() < DAY_SECONDS
                && reverted.stream().noneMatch(since -> last.at() <= since)) {
            return false;
        }
        told.put(id, new Told(form, now));
        return true;
    }

    private static FirmwareFingerprint described(Fingerprint f) {
        return new FirmwareFingerprint(
                f.id(),
                f.vendorClass(),
                f.architectures(),
                f.networkInterface(),
                f.parameters(),
                f.order(),
                f.maxMessageSize(),
                f.guidLength(),
                f.vendor());
    }
}
