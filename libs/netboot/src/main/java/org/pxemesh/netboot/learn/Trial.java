package org.pxemesh.netboot.learn;

import java.util.ArrayList;
import java.util.List;
import org.pxemesh.netboot.pxe.ReplyForm;

/**
 * Where one client's power-on stands with the forms, as one peer has seen it.
 *
 * <pre>
 *   Fresh ── Discovered: the plan's first form ──► Due ── Offered ──► Waiting ── Requested ──► Asking
 *     ▲                                             ▲                   │  │                     │
 *     │                     Discovered, 3 s silent: │                   │  └── Took ──► Taken ◄──┘ Took
 *     └── 120 s of silence   the next form's turn   └───────────────────┘
 * </pre>
 *
 * Only <em>Waiting</em> can end in another form: the peer that offered lives, and three seconds brought nothing. A
 * client that asked the DHCP server for its address, port 4011 or a file is none of the form's business.
 */
public sealed interface Trial {

    /** Silence after which a client's next DISCOVER is another power-on. */
    long POWER_ON_MILLIS = 120_000;

    /** Time that an offer has for an effect. */
    long EFFECT_MILLIS = 3_000;

    /** Monotonic milliseconds of the last thing that happened. */
    long at();

    /** Nothing known of this client. */
    record Fresh() implements Trial {
        @Override
        public long at() {
            return Long.MIN_VALUE / 2;
        }
    }

    /**
     * A DISCOVER waits for its offer.
     *
     * @param silences offers in this form that had no effect
     * @param passed forms of this power-on that had none
     */
    record Due(ReplyForm form, int silences, List<ReplyForm> passed, long at) implements Trial {

        Waiting offered(ReplyForm sent, long now) {
            return new Waiting(sent, sent.equals(form) ? silences : 0, passed, true, now);
        }

        Due again(long now) {
            return new Due(form, silences, passed, now);
        }
    }

    /**
     * An offer was sent, by whichever peer.
     *
     * @param living whether that peer still is in the segment: a dead one's silence says nothing about the form
     */
    record Waiting(ReplyForm form, int silences, List<ReplyForm> passed, boolean living, long at) implements Trial {

        Waiting answererLeft() {
            return new Waiting(form, silences, passed, false, at);
        }

        Due next(FormPlan plan, long now) {
            boolean silent = living && now - at >= EFFECT_MILLIS;
            if (!silent) {
                return new Due(form, silences, passed, now);
            }
            if (!plan.isOver(form, silences + 1)) {
                return new Due(form, silences + 1, passed, now);
            }
            List<ReplyForm> all = new ArrayList<>(passed);
            if (!all.contains(form)) {
                all.add(form);
            }
            return new Due(plan.after(form), 0, List.copyOf(all), now);
        }
    }

    /** The client asked its DHCP server for an address: it goes on, and only slowly perhaps. */
    record Asking(ReplyForm form, List<ReplyForm> passed, long at) implements Trial {}

    /** The client asked port 4011 or for a file: it took the form. */
    record Taken(ReplyForm form, long at) implements Trial {}
}
