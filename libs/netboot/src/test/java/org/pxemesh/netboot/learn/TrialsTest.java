package org.pxemesh.netboot.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.netboot.pxe.ReplyForms.BINL;
import static org.pxemesh.netboot.pxe.ReplyForms.MENU;
import static org.pxemesh.netboot.pxe.ReplyForms.PXE10;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.netboot.learn.Trial.Asking;
import org.pxemesh.netboot.learn.Trial.Due;
import org.pxemesh.netboot.learn.Trial.Fresh;
import org.pxemesh.netboot.learn.Trial.Taken;
import org.pxemesh.netboot.learn.Trial.Waiting;
import org.pxemesh.netboot.pxe.ReplyForm;

class TrialsTest {

    private static final FormPlan PLAN = new FormPlan(List.of(PXE10, BINL, MENU), 1);
    private static final FormPlan PROVEN = new FormPlan(List.of(PXE10, BINL, MENU), 3);
    private static final long THEN = 10_000;

    @Test
    void shouldBeginWithThePlansFirstForm() {
        assertThat(form(discovered(new Fresh(), PLAN, THEN))).isEqualTo(PXE10);
    }

    @Test
    void Q29_shouldTryTheNextFormWithinThePowerOnWhenAnOfferHadNoEffect() {
        // Given
        Trial offered = waiting(PXE10, true);

        // When
        Trial next = discovered(offered, PLAN, THEN + 4_000);

        // Then
        assertThat(next).isEqualTo(new Due(BINL, 0, List.of(PXE10), THEN + 4_000));
    }

    @Test
    void shouldComeBackToTheFirstFormAfterTheLast() {
        Trial last = new Waiting(MENU, 0, List.of(PXE10, BINL), true, THEN);

        assertThat(discovered(last, PLAN, THEN + 4_000))
                .isEqualTo(new Due(PXE10, 0, List.of(PXE10, BINL, MENU), THEN + 4_000));
    }

    @Test
    void shouldNotJudgeAnOfferBeforeThreeSeconds() {
        assertThat(form(discovered(waiting(PXE10, true), PLAN, THEN + 2_999))).isEqualTo(PXE10);
        assertThat(form(discovered(waiting(PXE10, true), PLAN, THEN + 3_000))).isEqualTo(BINL);
    }

    @Test
    void shouldNotBlameTheFormForADeadPeer() {
        Trial died = Trials.apply(waiting(PXE10, true), new TrialEvent.AnswererLeft())
                .trial();

        assertThat(form(discovered(died, PLAN, THEN + 4_000))).isEqualTo(PXE10);
    }

    @Test
    void shouldJudgeTheSecondPeersOfferFromItsOwnTime() {
        Trial died = Trials.apply(waiting(PXE10, true), new TrialEvent.AnswererLeft())
                .trial();
        Trial second =
                Trials.apply(died, new TrialEvent.Offered(PXE10, THEN + 2_000)).trial();

        assertThat(form(discovered(second, PLAN, THEN + 4_000))).isEqualTo(PXE10);
    }

    @Test
    void shouldNotBlameTheFormOnceTheClientAskedForItsAddress() {
        Trial asking = Trials.apply(waiting(PXE10, true), new TrialEvent.Requested(THEN + 100))
                .trial();

        assertThat(form(discovered(asking, PLAN, THEN + 60_000))).isEqualTo(PXE10);
    }

    @Test
    void shouldBelieveLongerInAFormThatWasTakenBefore() {
        Trial trial = discovered(new Fresh(), PROVEN, THEN);
        long now = THEN;
        for (int attempt = 1; attempt <= 2; attempt++) {
            trial = Trials.apply(trial, new TrialEvent.Offered(PXE10, now)).trial();
            now += 4_000;
            trial = discovered(trial, PROVEN, now);
            assertThat(form(trial)).as("attempt " + attempt).isEqualTo(PXE10);
        }

        trial = Trials.apply(trial, new TrialEvent.Offered(PXE10, now)).trial();
        assertThat(form(discovered(trial, PROVEN, now + 4_000))).isEqualTo(BINL);
    }

    @Test
    void shouldStartAnewAfterTwoMinutesOfSilence() {
        Trial tried = new Waiting(MENU, 0, List.of(PXE10, BINL), true, THEN);

        assertThat(discovered(tried, PLAN, THEN + 120_001)).isEqualTo(new Due(PXE10, 0, List.of(), THEN + 120_001));
    }

    @Test
    void shouldProveTheFormThatWasTakenAndNameThoseThatWereNot() {
        Trial asking = new Asking(BINL, List.of(PXE10), THEN);

        Trials.Step step = Trials.apply(asking, new TrialEvent.Took(THEN + 1));

        assertThat(step.trial()).isEqualTo(new Taken(BINL, THEN + 1));
        assertThat(step.proof()).contains(new Trials.Proof(BINL, List.of(PXE10)));
    }

    @Test
    void shouldProveNothingTwiceNorWithoutAnOfferNorLongAfter() {
        assertThat(took(new Taken(BINL, THEN), THEN + 1)).isFalse();
        assertThat(took(new Fresh(), THEN)).isFalse();
        assertThat(took(new Due(BINL, 0, List.of(), THEN), THEN + 1)).isFalse();
        assertThat(took(waiting(BINL, true), THEN + 120_001)).isFalse();
    }

    @Test
    void shouldFollowAPlanThatNoLongerHasTheForm() {
        FormPlan pinned = new FormPlan(List.of(BINL), 3);

        assertThat(form(discovered(waiting(PXE10, true), pinned, THEN + 100))).isEqualTo(BINL);
        assertThat(form(discovered(new Asking(PXE10, List.of(), THEN), pinned, THEN + 100)))
                .isEqualTo(BINL);
    }

    static Stream<Arguments> everything() {
        List<Trial> trials = List.of(
                new Fresh(),
                new Due(PXE10, 0, List.of(), THEN),
                waiting(PXE10, true),
                waiting(PXE10, false),
                new Asking(PXE10, List.of(), THEN),
                new Taken(PXE10, THEN));
        List<TrialEvent> events = List.of(
                new TrialEvent.Discovered(PLAN, THEN + 5_000),
                new TrialEvent.Offered(BINL, THEN + 5_000),
                new TrialEvent.AnswererLeft(),
                new TrialEvent.Requested(THEN + 5_000),
                new TrialEvent.Took(THEN + 5_000));
        return trials.stream().flatMap(t -> events.stream().map(e -> Arguments.of(t, e)));
    }

    /** The rule: a form gives way only where a living peer's offer brought nothing. */
    @ParameterizedTest
    @MethodSource("everything")
    void shouldLeaveTheFormForNothingElse(Trial trial, TrialEvent event) {
        Trial after = Trials.apply(trial, event).trial();

        boolean judged = trial instanceof Waiting w && w.living() && event instanceof TrialEvent.Discovered;
        boolean told = event instanceof TrialEvent.Offered && (trial instanceof Due || trial instanceof Waiting);
        if (!judged && !told && !(after instanceof Fresh)) {
            assertThat(formOf(after)).isEqualTo(PXE10);
        } else if (!(after instanceof Fresh)) {
            assertThat(formOf(after)).isEqualTo(BINL);
        }
    }

    private static Trial waiting(ReplyForm form, boolean living) {
        return new Waiting(form, 0, List.of(), living, THEN);
    }

    private static Trial discovered(Trial trial, FormPlan plan, long now) {
        return Trials.apply(trial, new TrialEvent.Discovered(plan, now)).trial();
    }

    private static boolean took(Trial trial, long now) {
        return Trials.apply(trial, new TrialEvent.Took(now)).proof().isPresent();
    }

    private static ReplyForm form(Trial trial) {
        assertThat(trial).isInstanceOf(Due.class);
        return formOf(trial);
    }

    private static ReplyForm formOf(Trial trial) {
        return switch (trial) {
            case Fresh t -> throw new AssertionError("a fresh trial has no form");
            case Due t -> t.form();
            case Waiting t -> t.form();
            case Asking t -> t.form();
            case Taken t -> t.form();
        };
    }
}
