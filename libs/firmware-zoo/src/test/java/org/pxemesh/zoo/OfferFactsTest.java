package org.pxemesh.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.zoo.ZooEffect.Question;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.firmware.Bare;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;

/** Statements about offers and boot servers, each as a run of the firmware that it was read from. */
class OfferFactsTest {

    private static final int FOREIGN = Endpoint.address("192.0.2.5");
    private static final UnaryOperator<DhcpRequest> BINL = reply -> reply.text(60, "PXEClient");

    @Test
    void Q3_shouldBootAMachineThatSendsNoGuid() {
        Segment segment = Segment.of(1);

        Phase.Ended end = segment.boot(Firmware.INTEL_BIOS, Bare.number(3).withoutGuid());

        assertThat(end.how()).isEqualTo(Outcome.BOOTED);
        assertThat(segment.findings())
                .noneMatch(Finding::failed)
                .anyMatch(f -> f.fact().equals("Q3"));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 9, 10, 11, 27, 39})
    void Q7_shouldBootEveryUefiArchitecture(int code) {
        Segment segment = Segment.of(1);

        assertThat(segment.boot(Firmware.EDK2.claiming(code)).detail()).isEqualTo("EFI/bootx64.efi");
    }

    @Test
    void Q6_shouldTakeTheKnownOneOfSeveralArchitectures() {
        Segment segment = Segment.of(1);

        assertThat(segment.boot(Firmware.EDK2.claiming(0x7777, 7)).detail()).isEqualTo("EFI/bootx64.efi");
    }

    @Test
    void Q10_shouldBootAMachineWhoseHardwareAddressIsItsGuid() {
        byte[] guid = new byte[16];
        java.util.Arrays.fill(guid, (byte) 0x2a);
        Segment segment = Segment.of(1);

        Phase.Ended end = segment.boot(Firmware.EDK2, Bare.of(guid, 9));

        assertThat(end.how()).isEqualTo(Outcome.BOOTED);
        assertThat(segment.findings()).noneMatch(Finding::failed);
    }

    @Test
    void Q24_shouldBeAskedAtPort4011ByEdk2() {
        Segment segment = Segment.of(1);

        segment.boot(Firmware.EDK2);

        assertThat(segment.replies())
                .extracting(ZooEffect.SawReply::question)
                .containsExactly(Question.DISCOVER, Question.BOOT_SERVER);
    }

    @Test
    void Q25_shouldBeTriedAfterAForeignBinlServerThatStaysSilent() {
        Segment segment = Segment.of(1).with(new ForeignProxy(FOREIGN, BINL));

        Phase.Ended end = segment.boot(Firmware.EDK2);

        assertThat(end.how()).isEqualTo(Outcome.BOOTED);
        assertThat(segment.wire().now()).as("4 s of offers, 10 s of silence").isGreaterThan(14_000);
    }

    @Test
    void Q26_shouldLoseBinlToADhcpServerThatClaimsToBePxe() {
        Segment segment = Segment.of(1).dhcp(0, BINL);

        assertThat(segment.boot(Firmware.EDK2).how()).isEqualTo(Outcome.E55_NO_BOOT_SERVER);
    }

    @Test
    void Q26_shouldWinWithPxe10AgainstADhcpServerThatClaimsToBePxe() {
        UnaryOperator<DhcpRequest> pxe10 = reply -> reply.reply(0, Segment.FIRST_PEER)
                .file("EFI/bootx64.efi")
                .text(60, "PXEClient")
                .option(43, (byte) 6, (byte) 1, (byte) 8, (byte) 255);
        Segment segment = Segment.of(1).dhcp(0, BINL).with(new ForeignProxy(FOREIGN, pxe10));

        assertThat(segment.boot(Firmware.EDK2).how()).isEqualTo(Outcome.BOOTED);
    }

    @Test
    void Q27_Q31_shouldBootABiosWithoutASecondQuestion() {
        Segment segment = Segment.of(1);

        segment.boot(Firmware.INTEL_BIOS);

        assertThat(segment.replies()).extracting(ZooEffect.SawReply::question).containsExactly(Question.DISCOVER);
        assertThat(segment.wire().sent()).noneMatch(d -> d.to().port() == 4011);
    }

    @Test
    void Q29_shouldChangeTheFormForAClientThatKeepsDiscovering() {
        Segment segment = Segment.of(1).dhcp(0, reply -> reply.reply(0, 0)); // never an address: it never goes on

        segment.boot(Firmware.EDK2);

        assertThat(segment.replies())
                .extracting(saw -> DhcpMessage.read(saw.reply().payload()).orElseThrow())
                .filteredOn(message -> message.serverId() == Segment.FIRST_PEER)
                .extracting(message -> message.has(43))
                .containsExactly(false, true, false, true);
    }

    @Test
    void Q39_shouldBeTriedAfterAServerThatAnswersWithoutAFile() {
        ForeignProxy polite = new ForeignProxy(FOREIGN, BINL).answering4011();
        Segment segment = Segment.of(1).with(polite);

        assertThat(segment.boot(Firmware.EDK2).how()).isEqualTo(Outcome.BOOTED);
        assertThat(segment.wire().now()).as("no second of silence").isLessThan(7_000);
    }

    @Test
    void Q50_shouldAnswerTheSecondDiscoverWhenTheFirstWasLost() {
        Segment segment = Segment.of(1);
        segment.peer(0).die();
        segment.begin(Firmware.INTEL_BIOS, Bare.number(1));
        segment.wire().runUntil(() -> segment.wire().now() >= 4_000, 3_999);

        segment.peer(0).live();
        segment.wire().runUntil(() -> segment.phase() instanceof Phase.Ended, 60_000);

        assertThat(segment.end().how()).isEqualTo(Outcome.BOOTED);
    }

    @Test
    void Q51_Q52_shouldAnswerWithinEveryPatienceThoughTheFirstTenPeersAreDead() {
        for (Firmware firmware : List.of(Firmware.IPXE_EFI, Firmware.EDK2, Firmware.INTEL_BIOS)) {
            Segment segment = Segment.of(12);
            for (int dead = 0; dead < 10; dead++) {
                segment.peer(dead).die();
            }

            assertThat(segment.boot(firmware).how()).isEqualTo(Outcome.BOOTED);
            assertThat(segment.findings()).noneMatch(Finding::failed);
            assertThat(segment.replies().getFirst().afterMillis()).isBetween(600L, 640L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void Q54_shouldBeChosenByIpxeAgainstAnOrdinaryProxyWhoeverComesFirst(boolean theirsFirst) {
        UnaryOperator<DhcpRequest> other =
                reply -> reply.reply(0, FOREIGN).file("theirs").text(60, "PXEClient");
        Segment segment = Segment.of(1)
                .dhcp(200, reply -> reply)
                .othersAnswerFirst(theirsFirst)
                .with(new ForeignProxy(FOREIGN, other));

        assertThat(segment.boot(Firmware.IPXE_BIOS).detail()).isEqualTo("boot.ipxe");
    }

    @Test
    void Q55_shouldNotBeHeardByIpxeWhereTheDhcpServerForbidsProxies() {
        Segment segment = Segment.of(1).dhcp(0, reply -> reply.option(175, (byte) 176, (byte) 1, (byte) 1, (byte) 255));

        assertThat(segment.boot(Firmware.IPXE_EFI).how()).isEqualTo(Outcome.E53_NO_BOOT_FILE);
    }

    @Test
    void Q56_shouldAnswerEdk2AtItsOwnPort4011() {
        Segment segment = Segment.of(1);

        segment.boot(Firmware.EDK2);

        assertThat(segment.replies().getLast().reply().to()).isEqualTo(new Endpoint(Segment.LEASE + 1, 4011));
        assertThat(segment.replies().getLast().reply().from().port()).isEqualTo(4011);
    }

    @Test
    void Q70_shouldBroadcastItsOffer() {
        Segment segment = Segment.of(1);

        segment.boot(Firmware.EDK2);

        assertThat(segment.replies().getFirst().reply().to()).isEqualTo(new Endpoint(Endpoint.BROADCAST, 68));
    }
}
