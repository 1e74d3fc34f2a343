package org.pxemesh.netboot.learn;

import java.util.List;
import java.util.Optional;
import org.pxemesh.netboot.learn.Trial.Asking;
import org.pxemesh.netboot.learn.Trial.Due;
import org.pxemesh.netboot.learn.Trial.Fresh;
import org.pxemesh.netboot.learn.Trial.Taken;
import org.pxemesh.netboot.learn.Trial.Waiting;
import org.pxemesh.netboot.pxe.ReplyForm;

/** The trial of forms with one client, as a function of what one peer has seen. */
public final class Trials {

    /**
     * A form was taken.
     *
     * @param passed forms that had no effect before, in this power-on
     */
    public record Proof(ReplyForm form, List<ReplyForm> passed) {
        public Proof {
            passed = List.copyOf(passed);
        }
    }

    /** The trial after the event, and what it proved. */
    public record Step(Trial trial, Optional<Proof> proof) {
        static Step of(Trial trial) {
            return new Step(trial, Optional.empty());
        }
    }

    private Trials() {}

    public static Step apply(Trial trial, TrialEvent event) {
        return switch (event) {
            case TrialEvent.Discovered(FormPlan plan, long now) -> Step.of(onDiscovered(trial, plan, now));
            case TrialEvent.Offered(ReplyForm form, long now) -> Step.of(onOffered(trial, form, now));
            case TrialEvent.AnswererLeft left -> Step.of(trial instanceof Waiting w ? w.answererLeft() : trial);
            case TrialEvent.Requested(long now) -> Step.of(onRequested(trial, now));
            case TrialEvent.Took(long now) -> onTook(trial, now);
        };
    }

    private static Trial onDiscovered(Trial trial, FormPlan plan, long now) {
        Due first = new Due(plan.first(), 0, List.of(), now);
        if (isOver(trial, now)) {
            return first;
        }
        return switch (trial) {
            case Fresh t -> first;
            case Due t -> plan.forms().contains(t.form()) ? t.again(now) : first;
            case Waiting t -> plan.forms().contains(t.form()) ? t.next(plan, now) : first;
            case Asking t -> plan.forms().contains(t.form()) ? new Due(t.form(), 0, t.passed(), now) : first;
            // It took the form and comes again: a failed download, or the next power-on. The plan knows by now.
            case Taken t -> first;
        };
    }

    private static Trial onOffered(Trial trial, ReplyForm form, long now) {
        return switch (trial) {
            case Fresh t -> t;
            case Due t -> t.offered(form, now);
            // A second offer for the same DISCOVER: the first peer died, or did not hear of us.
            case Waiting t -> new Waiting(form, t.silences(), t.passed(), true, t.living() ? t.at() : now);
            case Asking t -> t;
            case Taken t -> t;
        };
    }

    private static Trial onRequested(Trial trial, long now) {
        return switch (trial) {
            case Fresh t -> t;
            case Due t -> new Asking(t.form(), t.passed(), now);
            case Waiting t -> new Asking(t.form(), t.passed(), now);
            case Asking t -> t;
            case Taken t -> t;
        };
    }

    private static Step onTook(Trial trial, long now) {
        if (isOver(trial, now)) {
            return Step.of(trial);
        }
        return switch (trial) {
            case Fresh t -> Step.of(t);
            case Due t -> Step.of(t); // nobody has offered: what it fetches it has from somebody else
            case Waiting t -> taken(t.form(), t.passed(), now);
            case Asking t -> taken(t.form(), t.passed(), now);
            case Taken t -> Step.of(t);
        };
    }

    private static Step taken(ReplyForm form, List<ReplyForm> passed, long now) {
        return new Step(new Taken(form, now), Optional.of(new Proof(form, passed)));
    }

    private static boolean isOver(Trial trial, long now) {
        return now - trial.at() > Trial.POWER_ON_MILLIS;
    }
}
