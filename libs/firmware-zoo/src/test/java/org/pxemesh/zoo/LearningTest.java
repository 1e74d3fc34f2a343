package org.pxemesh.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.netboot.learn.Advice;
import org.pxemesh.netboot.learn.FormMemory;
import org.pxemesh.netboot.learn.Learned;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.pxe.ReplyForms;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.firmware.StubbornRule.Takes;
import org.pxemesh.zoo.sim.Troubles;

/** Firmware that understands one form only, and a mesh that finds out which. */
class LearningTest {

    private static final long DAY = 24 * 3600;

    private final FormMemory memory = new FormMemory();

    static Stream<Arguments> stubborn() {
        return Stream.of(
                Arguments.of(Firmware.EDK2.taking(Takes.BINL), "binl"),
                Arguments.of(Firmware.EDK2.taking(Takes.PXE10), "pxe10"),
                Arguments.of(Firmware.INTEL_BIOS.taking(Takes.PXE10), "pxe10"),
                Arguments.of(Firmware.INTEL_BIOS.taking(Takes.BINL), "binl"),
                Arguments.of(Firmware.INTEL_BIOS.taking(Takes.MENU), "menu"));
    }

    static Stream<Arguments> stubbornOnBadWires() {
        List<Troubles> wires = List.of(
                new Troubles(20, 0, 0, 1, false),
                new Troubles(0, 100, 0, 1, false),
                new Troubles(0, 0, 100, 1, false),
                new Troubles(20, 20, 20, 20, false));
        return stubborn()
                .flatMap(a -> wires.stream()
                        .flatMap(
                                w -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(a.get()[0], a.get()[1], w, seed))));
    }

    @ParameterizedTest
    @MethodSource("stubborn")
    void Q29_shouldFindTheFormWithinOnePowerOnAndBeginWithItAtTheNext(Firmware firmware, String form) {
        // When
        Segment first = segment();
        Phase.Ended end = first.boot(firmware);

        // Then
        assertThat(end.how()).as("%s after %s", end.detail(), first.sentForms()).isEqualTo(Outcome.BOOTED);
        assertThat(memory.all()).extracting(l -> l.form().name()).containsExactly(form);

        // And
        Segment next = segment();
        next.boot(firmware);
        assertThat(next.sentForms()).containsExactly(form);
    }

    @ParameterizedTest
    @MethodSource("stubbornOnBadWires")
    void shouldLearnThroughLossDoublingAndReordering(Firmware firmware, String form, Troubles wire, long seed) {
        List<String> story = new java.util.ArrayList<>();
        int booted = 0;
        for (int powerOn = 0; powerOn < 6; powerOn++) {
            Segment segment = segment().troubles(wire, seed + 10 * powerOn);
            Phase.Ended end = segment.boot(firmware);
            story.add(end.how() + " " + end.detail() + " " + segment.sentForms());
            booted += end.how() == Outcome.BOOTED ? 1 : 0;
        }

        assertThat(memory.all()).extracting(l -> l.form().name()).containsExactly(form);
        assertThat(booted).as(story.toString()).isGreaterThanOrEqualTo(4);
    }

    /** No REQUEST comes in time, though nothing is wrong with the form: whatever was taken first stays. */
    @ParameterizedTest
    @ValueSource(ints = {5_000, 9_000})
    void shouldNotFlapWhileTheDhcpServerIsSlow(int delay) {
        for (Firmware firmware : List.of(Firmware.EDK2, Firmware.INTEL_BIOS, Firmware.EDK2_BINL_ONLY)) {
            FormMemory own = new FormMemory();
            String learned = "";
            for (int powerOn = 0; powerOn < 5; powerOn++) {
                Segment segment = Segment.of(3).sharing(own).dhcp(delay, reply -> reply);
                Phase.Ended end = segment.boot(firmware);

                assertThat(end.how()).as(firmware.name() + " " + powerOn).isEqualTo(Outcome.BOOTED);
                String now = own.all().getFirst().form().name();
                if (powerOn > 0) {
                    assertThat(now).as(firmware.name() + " " + powerOn).isEqualTo(learned);
                    assertThat(segment.sentForms()).as(firmware.name()).containsOnly(learned);
                }
                learned = now;
            }
        }
    }

    @Test
    void shouldChangeNothingForFirmwareThatTakesTheUsualForm() {
        Segment segment = segment();

        segment.boot(Firmware.EDK2);

        assertThat(segment.sentForms()).containsExactly("binl");
    }

    @Test
    void Q29_shouldTryEveryFormWithFirmwareThatMergesNoTwoOffers() {
        Segment segment = segment();

        Phase.Ended end = segment.boot(Firmware.EDK2.taking(Takes.NOTHING));

        assertThat(end.how()).isEqualTo(Outcome.E53_NO_BOOT_FILE);
        assertThat(segment.sentForms()).contains("binl", "pxe10");
        assertThat(memory.all()).as("nothing was proven").isEmpty();
    }

    @Test
    void shouldNotBlameTheFormForAResponderThatDied() {
        Segment segment = Segment.of(1).sharing(memory);
        segment.begin(Firmware.EDK2, Firmware.EDK2.machine(1));
        segment.wire().runUntil(() -> !segment.sentForms().isEmpty(), 1_000);
        segment.peer(0).die();
        segment.wire().runUntil(() -> segment.phase() instanceof Phase.Ended, 60_000);

        assertThat(memory.all()).isEmpty();
        assertThat(segment.sentForms()).containsExactly("binl");
    }

    @Test
    void shouldLearnAnewAfterAFirmwareUpdateWithinOnePowerOn() {
        // Given
        Firmware before = Firmware.EDK2.taking(Takes.PXE10);
        segment().boot(before);

        // When
        Phase.Ended end = segment().boot(Firmware.EDK2.taking(Takes.BINL));

        // Then
        assertThat(end.how()).isEqualTo(Outcome.BOOTED);
        assertThat(memory.all()).extracting(l -> l.form().name()).containsExactly("binl");
    }

    @Test
    void shouldFollowWhatOtherSitesFoundUntilItsOwnEvidenceSaysOtherwise() {
        Advice advice = new Advice(Optional.of(ReplyForms.PXE10), false, EnginePeer.EPOCH);
        Segment advised = segment().each(peer -> peer.advised(advice));
        advised.boot(Firmware.EDK2.taking(Takes.PXE10));
        assertThat(advised.sentForms()).containsExactly("pxe10");

        FormMemory own = new FormMemory();
        Segment other = Segment.of(3).sharing(own).each(peer -> peer.advised(advice));
        assertThat(other.boot(Firmware.EDK2.taking(Takes.BINL)).how()).isEqualTo(Outcome.BOOTED);
        Segment again = Segment.of(3).sharing(own).each(peer -> peer.advised(advice));
        again.boot(Firmware.EDK2.taking(Takes.BINL));
        assertThat(again.sentForms()).containsExactly("binl");
    }

    @Test
    void shouldSendNothingButAPinnedForm() {
        Advice pin = new Advice(Optional.of(ReplyForms.PXE10), true, EnginePeer.EPOCH);
        Segment segment = segment().each(peer -> peer.advised(pin));

        Phase.Ended end = segment.boot(Firmware.EDK2.taking(Takes.BINL));

        assertThat(end.how()).isEqualTo(Outcome.E53_NO_BOOT_FILE);
        assertThat(segment.sentForms()).containsOnly("pxe10");
    }

    @Test
    void shouldBeginAnewAfterARevertAndWhenItsKnowledgeIsOld() {
        segment().boot(Firmware.EDK2.taking(Takes.PXE10));
        Learned learned = memory.all().getFirst();

        Segment reverted =
                segment().each(peer -> peer.advised(new Advice(Optional.empty(), false, learned.provenAt() + DAY)));
        reverted.boot(Firmware.EDK2);
        assertThat(reverted.sentForms()).containsExactly("binl");

        FormMemory old = new FormMemory();
        old.take(
                new Learned(learned.fingerprint(), learned.form(), EnginePeer.EPOCH - 181 * DAY),
                EnginePeer.EPOCH - 181 * DAY);
        Segment later = Segment.of(3).sharing(old);
        later.boot(Firmware.EDK2);
        assertThat(later.sentForms()).containsExactly("binl");
    }

    @Test
    void Q26_shouldWinBesideADhcpServerThatClaimsToBePxeOnceThatIsSeen() {
        Segment unseen = Segment.of(3).dhcp(0, reply -> reply.text(60, "PXEClient"));
        assertThat(unseen.boot(Firmware.EDK2).how()).isEqualTo(Outcome.E55_NO_BOOT_SERVER);

        ReplyForm winner = ReplyForms.PXE10;
        Segment seen =
                Segment.of(3).dhcp(0, reply -> reply.text(60, "PXEClient")).each(peer -> peer.beside(winner));
        assertThat(seen.boot(Firmware.EDK2).how()).isEqualTo(Outcome.BOOTED);
        assertThat(seen.sentForms()).containsExactly("pxe10");
    }

    private Segment segment() {
        return Segment.of(3).sharing(memory);
    }
}
