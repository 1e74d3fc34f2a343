package org.pxemesh.netboot.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.netboot.pxe.ReplyForms.BINL;
import static org.pxemesh.netboot.pxe.ReplyForms.MENU;
import static org.pxemesh.netboot.pxe.ReplyForms.PXE10;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.pxe.ReplyForm;

class FormPlanTest {

    private static final List<ReplyForm> USUAL = List.of(BINL, PXE10);
    private static final String ID = "0123456789abcdef";
    private static final long NOW = 2_000_000_000L;
    private static final long OLD = NOW - Learned.AGES_AFTER_SECONDS;

    @Test
    void shouldBeginAsUsualWithoutAnyKnowledge() {
        assertThat(plan(none(), none(), none())).isEqualTo(new FormPlan(USUAL, 1));
    }

    @Test
    void shouldLetLocalEvidenceOverrideWhatOtherSitesFound() {
        assertThat(plan(local(PXE10, NOW), advice(BINL, false, NOW), none()))
                .isEqualTo(new FormPlan(List.of(PXE10, BINL), 3));
        assertThat(plan(none(), advice(PXE10, false, NOW), none())).isEqualTo(new FormPlan(List.of(PXE10, BINL), 2));
    }

    @Test
    void shouldSendNothingButAPinnedForm() {
        assertThat(plan(local(PXE10, NOW), advice(BINL, true, 0), Optional.of(PXE10)))
                .isEqualTo(new FormPlan(List.of(BINL), 3));
    }

    @Test
    void shouldIgnoreAPinThatThisKindOfFirmwareMustNotGet() {
        assertThat(plan(none(), advice(MENU, true, NOW), none())).isEqualTo(new FormPlan(USUAL, 1));
    }

    @Test
    void shouldForgetWhatIsOld() {
        assertThat(plan(local(PXE10, OLD), none(), none())).isEqualTo(new FormPlan(USUAL, 1));
        assertThat(plan(none(), advice(PXE10, false, OLD), none())).isEqualTo(new FormPlan(USUAL, 1));
    }

    @Test
    void shouldForgetWhatWasLearnedBeforeARevertAndKeepWhatWasLearnedAfter() {
        Optional<Advice> reverted = Optional.of(new Advice(Optional.empty(), false, NOW - 10));

        assertThat(plan(local(PXE10, NOW - 10), reverted, none())).isEqualTo(new FormPlan(USUAL, 1));
        assertThat(plan(local(PXE10, NOW - 9), reverted, none())).isEqualTo(new FormPlan(List.of(PXE10, BINL), 3));
    }

    @Test
    void Q26_shouldBeginWithTheFormThatWinsBesideADhcpServerThatClaimsToBePxe() {
        assertThat(plan(local(BINL, NOW), none(), Optional.of(PXE10)).forms()).containsExactly(PXE10, BINL);
    }

    private static FormPlan plan(Optional<Learned> local, Optional<Advice> advice, Optional<ReplyForm> beside) {
        return FormPlan.of(USUAL, local, advice, beside, NOW);
    }

    private static Optional<Learned> local(ReplyForm form, long at) {
        return Optional.of(new Learned(ID, form, at));
    }

    private static Optional<Advice> advice(ReplyForm form, boolean pinned, long since) {
        return Optional.of(new Advice(Optional.of(form), pinned, since));
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }
}
