package org.pxemesh.netboot.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pxemesh.netboot.pxe.ReplyForm;

/**
 * The forms for one client, best first, and how long the first is believed in.
 *
 * @param forms not empty
 * @param patience attempts without an effect after which the first form gives way; the others give way after one. A form
 *     that this firmware has taken before is not to blame for a DHCP server that is slow today
 */
public record FormPlan(List<ReplyForm> forms, int patience) {

    private static final int UNPROVEN = 1;
    private static final int ADVISED = 2;

    /** UEFI firmware discovers four times in a power-on: also after an update the next form still has its turn. */
    private static final int PROVEN = 3;

    public FormPlan {
        forms = List.copyOf(forms);
        if (forms.isEmpty() || patience < 1) {
            throw new IllegalArgumentException("a plan has a form and a patience of at least 1");
        }
    }

    /**
     * Weighs what is known. A pin beats everything; then comes what wins beside this segment's DHCP server, then this
     * segment's own evidence, then what other sites found, then the order by kind of firmware.
     *
     * @param usual forms by kind of firmware, best first; what is not among them is never sent
     * @param local this segment's own evidence
     * @param advice HQ's
     * @param beside the form that wins beside a DHCP server that claims to be a PXE server
     * @param now in seconds since 1970
     */
    public static FormPlan of(
            List<ReplyForm> usual,
            Optional<Learned> local,
            Optional<Advice> advice,
            Optional<ReplyForm> beside,
            long now) {
        Optional<Advice> fresh = advice.filter(a -> a.isFresh(now));
        Optional<ReplyForm> advised = fresh.flatMap(Advice::form).filter(usual::contains);
        if (advised.isPresent() && fresh.get().pinned()) {
            return new FormPlan(List.of(advised.get()), PROVEN);
        }
        Optional<ReplyForm> proven = local.filter(l -> l.isFresh(now))
                .filter(l -> advice.stream().noneMatch(a -> a.reverts(l)))
                .map(Learned::form)
                .filter(usual::contains);
        Optional<ReplyForm> first =
                beside.filter(usual::contains).or(() -> proven).or(() -> advised);
        List<ReplyForm> forms = new ArrayList<>(usual);
        first.ifPresent(form -> {
            forms.remove(form);
            forms.addFirst(form);
        });
        return new FormPlan(forms, patience(forms.getFirst(), proven, advised));
    }

    private static int patience(ReplyForm first, Optional<ReplyForm> proven, Optional<ReplyForm> advised) {
        if (proven.filter(first::equals).isPresent()) {
            return PROVEN;
        }
        return advised.filter(first::equals).isPresent() ? ADVISED : UNPROVEN;
    }

    ReplyForm first() {
        return forms.getFirst();
    }

    /** The form whose turn it is after one that had no effect; after the last comes the first again. */
    ReplyForm after(ReplyForm form) {
        return forms.get((forms.indexOf(form) + 1) % forms.size());
    }

    boolean isOver(ReplyForm form, int silences) {
        return silences >= (form.equals(first()) ? patience : UNPROVEN);
    }
}
