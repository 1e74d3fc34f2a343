package org.pxemesh.zoo.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.zoo.ZooEffect.Question;
import org.pxemesh.zoo.ZooEffect.SawReply;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/** The audit finds what it is there for: a sound reply has no complaint, and each broken one the right one. */
class ReplyAuditTest {

    private static final int SERVER = Endpoint.address("192.0.2.9");
    private static final byte[] CHADDR = {2, 0, 0, 0, 0, 1};
    private static final byte[] GUID = new byte[17];

    private static DhcpRequest sound() {
        return new DhcpRequest(2, 7, CHADDR)
                .reply(0, SERVER)
                .address(54, SERVER)
                .text(60, "PXEClient")
                .option(97, GUID);
    }

    private static List<Finding> judge(Firmware firmware, byte[] reply, long afterMillis) {
        return judge(firmware, SERVER, reply, afterMillis);
    }

    private static List<Finding> judge(Firmware firmware, int from, byte[] reply, long afterMillis) {
        byte[] request = new DhcpRequest(1, 7, CHADDR).option(97, GUID).bytes();
        Datagram datagram = new Datagram(new Endpoint(from, 67), new Endpoint(Endpoint.BROADCAST, 68), reply);
        return ReplyAudit.judge(
                firmware, ServicePorts.STANDARD, new SawReply(Question.DISCOVER, request, datagram, afterMillis));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                of("Q20", r -> r.reply(SERVER, SERVER)),
                of("Q21", r -> r.reply(0, SERVER + 1)),
                of("Q22", r -> r.giaddr(SERVER)),
                of("Q35", r -> r.text(67, "no-end.efi")),
                of("Q35", r -> r.option(52, (byte) 1)),
                of("Q36", r -> r.option(13, (byte) 0, (byte) 9)),
                of("Q33", r -> r.option(43, (byte) 6, (byte) 1, (byte) 8)),
                of("Q33", r -> r.option(43, (byte) 6, (byte) 200, (byte) 8, (byte) 255)),
                of(
                        "Q32",
                        r -> r.option(
                                43,
                                (byte) 9,
                                (byte) 8,
                                (byte) 0,
                                (byte) 1,
                                (byte) 1,
                                (byte) 'a',
                                (byte) 0,
                                (byte) 2,
                                (byte) 1,
                                (byte) 'b',
                                (byte) 255)),
                of(
                        "Q37",
                        r -> r.option(
                                43,
                                (byte) 6,
                                (byte) 1,
                                (byte) 8,
                                (byte) 8,
                                (byte) 7,
                                (byte) 0,
                                (byte) 0,
                                (byte) 1,
                                (byte) 10,
                                (byte) 0,
                                (byte) 0,
                                (byte) 1,
                                (byte) 255)),
                of("Q38", r -> {
                    for (int i = 0; i < 6; i++) {
                        r.option(200 + i, new byte[230]);
                    }
                    return r;
                }));
    }

    private static Arguments of(String fact, UnaryOperator<DhcpRequest> damage) {
        return Arguments.of(fact, damage);
    }

    @Test
    void shouldHaveNoComplaintAboutASoundOffer() {
        assertThat(judge(Firmware.EDK2, sound().bytes(), 5))
                .hasSizeGreaterThan(10)
                .noneMatch(Finding::failed);
    }

    @Test
    void Q71_shouldExpectTheAddressOfTheRelayThatBroughtAnOfferInIt() {
        int relay = Endpoint.address("192.0.2.254");

        assertThat(judge(Firmware.EDK2, relay, sound().giaddr(relay).bytes(), 5))
                .noneMatch(Finding::failed);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("broken")
    void shouldNameTheStatementThatABrokenOfferViolates(String fact, UnaryOperator<DhcpRequest> damage) {
        assertThat(judge(Firmware.EDK2, damage.apply(sound()).bytes(), 5))
                .filteredOn(Finding::failed)
                .extracting(Finding::fact)
                .containsExactly(fact);
    }

    @Test
    void shouldComplainAboutAnOfferWithoutVendorClassOrGuid() {
        byte[] bare = new DhcpRequest(2, 7, CHADDR)
                .reply(0, SERVER)
                .address(54, SERVER)
                .bytes();

        assertThat(judge(Firmware.EDK2, bare, 5))
                .filteredOn(Finding::failed)
                .extracting(Finding::fact)
                .containsExactly("Q23", "Q4");
    }

    @Test
    void shouldComplainAboutALateOffer() {
        assertThat(judge(Firmware.IPXE_EFI, sound().bytes(), 2_001))
                .filteredOn(Finding::failed)
                .extracting(Finding::fact)
                .containsExactly("Q52");
    }

    @Test
    void shouldComplainAboutWhatRaspberryPiAndHttpBootMiss() {
        assertThat(judge(Firmware.RASPBERRY_PI, sound().bytes(), 5))
                .anyMatch(f -> f.failed() && f.fact().equals("Q9"));
        assertThat(judge(Firmware.HTTP_BOOT, sound().bytes(), 5))
                .anyMatch(f -> f.failed() && f.fact().equals("Q41"));
    }
}
