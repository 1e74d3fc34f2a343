package org.pxemesh.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.netboot.learn.FormMemory;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Person;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.sim.Troubles;

/** Firmware that asks by its own menu, for a deployment whose programs cannot. */
class PromptTest {

    private static Stream<Firmware> withMenus() {
        return Stream.of(Firmware.INTEL_BIOS, Firmware.EDK2, Firmware.EDK2_2016);
    }

    private static Segment asking() {
        return Segment.of(3).each(peer -> peer.asking(new BootQuestion("tool@1", 20)));
    }

    @ParameterizedTest
    @MethodSource("withMenus")
    void Q32_Q33_shouldBootWhatAPersonChooses(Firmware firmware) {
        Segment segment = asking().before(Person.TAKES_THE_SECOND);

        Phase.Ended end = segment.boot(firmware);

        assertThat(end.how()).as(end.detail()).isEqualTo(Outcome.BOOTED);
        assertThat(segment.sentForms()).containsOnly("prompt");
        assertThat(segment.findings()).isNotEmpty().noneMatch(Finding::failed);
    }

    @ParameterizedTest
    @MethodSource("withMenus")
    void shouldGoOnToTheDiskAfterTheTimeWithoutAnAnswer(Firmware firmware) {
        Segment segment = asking();

        Phase.Ended end = segment.boot(firmware);

        assertThat(end.how()).isEqualTo(Outcome.NEXT_DEVICE);
        assertThat(segment.findings()).isNotEmpty().noneMatch(Finding::failed);
        assertNothingIsFetched(segment);
    }

    @ParameterizedTest
    @MethodSource("withMenus")
    void shouldBootNothingAfterEscape(Firmware firmware) {
        Segment segment = asking().before(Person.ESCAPES);

        Phase.Ended end = segment.boot(firmware);

        // The old one breaks, by its own fault; with a boot file in the offer it would boot what nobody wants.
        assertThat(end.how()).isEqualTo(firmware == Firmware.EDK2_2016 ? Outcome.FIRMWARE_FAULT : Outcome.NEXT_DEVICE);
        assertNothingIsFetched(segment);
    }

    private static void assertNothingIsFetched(Segment segment) {
        assertThat(segment.wire().sent()).noneMatch(d -> d.to().port() == 4011 || d.to().port() == 69);
    }

    @ParameterizedTest
    @MethodSource("withMenus")
    void shouldBootWhatAPersonChoosesThroughLossDoublingAndReordering(Firmware firmware) {
        for (long seed = 1; seed <= 5; seed++) {
            Segment segment =
                    asking().before(Person.TAKES_THE_SECOND).troubles(new Troubles(10, 10, 20, 20, false), seed);

            assertThat(segment.boot(firmware).how()).as("seed %d", seed).isEqualTo(Outcome.BOOTED);
        }
    }

    @ParameterizedTest
    @MethodSource("iPxe")
    void Q63_shouldShowIpxeNoMenu(Firmware ipxe) {
        Segment segment = asking();

        Phase.Ended end = segment.boot(ipxe);

        assertThat(end.detail()).isEqualTo("boot.ipxe");
        assertThat(segment.sentForms()).containsOnly("ipxe");
        assertThat(segment.findings()).noneMatch(Finding::failed);
    }

    private static Stream<Firmware> iPxe() {
        return Stream.of(Firmware.IPXE_BIOS, Firmware.IPXE_EFI);
    }

    @Test
    void shouldBootNothingOnFirmwareThatPassesOverMenus() {
        Segment segment = asking();

        Phase.Ended end = segment.boot(Firmware.EDK2_BINL_ONLY);

        assertThat(end.how()).isNotEqualTo(Outcome.BOOTED);
        assertThat(segment.wire().sent()).noneMatch(d -> d.to().port() == 69);
    }

    /** What a menu does says nothing of the forms that boot unasked. */
    @Test
    void shouldLearnNoFormFromAMenu() {
        // Given
        FormMemory memory = new FormMemory();
        Segment segment = asking().sharing(memory).before(Person.TAKES_THE_SECOND);

        // When
        Phase.Ended end = segment.boot(Firmware.EDK2);

        // Then
        assertThat(end.how()).isEqualTo(Outcome.BOOTED);
        assertThat(memory.all()).isEmpty();
    }
}
