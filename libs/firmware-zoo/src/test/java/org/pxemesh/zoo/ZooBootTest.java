package org.pxemesh.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.sim.Troubles;
import org.pxemesh.zoo.wire.Datagram;

/** Every firmware boots from the engine, on good wires and bad ones. */
class ZooBootTest {

    static List<Firmware> all() {
        return Firmware.ALL;
    }

    static Stream<Arguments> badWires() {
        List<Troubles> wires = List.of(
                new Troubles(20, 0, 0, 1, false),
                new Troubles(0, 50, 0, 1, false),
                new Troubles(0, 0, 50, 1, false),
                new Troubles(10, 10, 20, 20, false));
        return Firmware.ALL.stream()
                .flatMap(f -> wires.stream()
                        .flatMap(w -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(f.name(), f, w, seed))));
    }

    private static Outcome wanted(Firmware firmware) {
        return firmware.isHttp() ? Outcome.HANDED_URI : Outcome.BOOTED;
    }

    @ParameterizedTest
    @MethodSource("all")
    void Q32_Q33_Q53_shouldBootEveryFirmwareWithoutAComplaint(Firmware firmware) {
        Segment segment = Segment.of(3);

        Phase.Ended end = segment.boot(firmware);

        assertThat(end.how()).as(end.detail()).isEqualTo(wanted(firmware));
        assertThat(segment.findings()).isNotEmpty().noneMatch(Finding::failed);
    }

    @ParameterizedTest
    @MethodSource("all")
    void Q21_shouldBootEveryFirmwareFromTheHolderThatAnotherPeerPointsAt(Firmware firmware) {
        // Given a holder that no broadcast reaches
        Segment segment = Segment.pointing(2);
        segment.peer(0).deafen();

        // When
        Phase.Ended end = segment.boot(firmware);

        // Then the machine boots, the offer came from another peer, and all files from the holder
        assertThat(end.how()).as(end.detail()).isEqualTo(wanted(firmware));
        assertThat(segment.findings()).isNotEmpty().noneMatch(Finding::failed);
        assertThat(segment.wire().sent())
                .filteredOn(d ->
                        d.from().port() == 67 && d.to().port() == 68 && d.from().address() != Segment.DHCP)
                .isNotEmpty()
                .allMatch(d -> d.from().address() == Segment.FIRST_PEER + 1);
        assertThat(segment.wire().sent())
                .filteredOn(d -> d.from().port() == EnginePeer.TRANSFER_PORT)
                .allMatch(d -> d.from().address() == Segment.FIRST_PEER);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldPointAtNobodyWhileAHolderAnswers(Firmware firmware) {
        Segment segment = Segment.pointing(2);

        Phase.Ended end = segment.boot(firmware);

        assertThat(end.how()).as(end.detail()).isEqualTo(wanted(firmware));
        assertThat(segment.wire().sent())
                .filteredOn(d ->
                        d.from().port() == 67 && d.to().port() == 68 && d.from().address() != Segment.DHCP)
                .allMatch(d -> d.from().address() == Segment.FIRST_PEER);
    }

    @ParameterizedTest(name = "{0} {2} seed {3}")
    @MethodSource("badWires")
    void shouldBootThroughLossDoublingAndReordering(String name, Firmware firmware, Troubles wire, long seed) {
        Segment segment = Segment.of(3).troubles(wire, seed);

        Phase.Ended end = segment.boot(firmware);

        assertThat(end.how()).as(end.detail()).isEqualTo(wanted(firmware));
    }

    @Test
    void shouldRepeatARunToTheLastDatagram() {
        Troubles wire = new Troubles(30, 30, 30, 3, false);
        Segment one = Segment.of(3).troubles(wire, 5);
        Segment two = Segment.of(3).troubles(wire, 5);

        one.boot(Firmware.BOOTMGR_EFI);
        two.boot(Firmware.BOOTMGR_EFI);

        assertThat(one.wire().sent().stream().map(Datagram::toString))
                .containsExactlyElementsOf(
                        two.wire().sent().stream().map(Datagram::toString).toList());
    }

    @Test
    void Q73_shouldShowSnoopingAsNoOfferAtAll() {
        Segment segment = Segment.of(2).troubles(Troubles.NONE.snooped(), 1);

        Phase.Ended end = segment.boot(Firmware.INTEL_BIOS);

        assertThat(end.how()).isEqualTo(Outcome.E53_NO_BOOT_FILE);
        assertThat(segment.replies()).isEmpty();
        assertThat(segment.wire().sent())
                .anyMatch(d -> d.to().port() == 68 && d.from().address() != Segment.DHCP);
    }
}
