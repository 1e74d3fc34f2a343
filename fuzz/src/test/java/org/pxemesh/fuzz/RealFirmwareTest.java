package org.pxemesh.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.learn.Fingerprint;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.wire.Datagram;
import org.pxemesh.zoo.wire.DhcpMessage;
import org.pxemesh.zoo.wire.Tftp;
import org.pxemesh.zoo.wire.Traits;

/**
 * The models of the firmware zoo beside what real firmware sent in {@code ./mesh lab firmware --captures}: options, their
 * order and values, flags, ports, a read request's options. docs/conformance.md tells versions, and what differs on purpose.
 */
class RealFirmwareTest {

    private static final String DISCOVER = "DISCOVER";
    private static final String REQUEST = "REQUEST";

    /** From EDK2's port, and from iPXE's. */
    private static final String EDK2_ASKS = "REQUEST from port 4011 to port 4011";

    private static final String IPXE_ASKS = "REQUEST from port 68 to port 4011";

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(Firmware.EDK2, "uefi-dhcp-on-peer, ", DISCOVER),
                Arguments.of(Firmware.EDK2, "uefi-dhcp-on-peer, ", REQUEST),
                Arguments.of(Firmware.EDK2, "uefi-dhcp-on-peer, ", EDK2_ASKS),
                Arguments.of(Firmware.HTTP_BOOT, "uefi-http, ", DISCOVER),
                Arguments.of(Firmware.HTTP_BOOT, "uefi-http, ", REQUEST),
                Arguments.of(Firmware.IPXE_BIOS, "bios-ipxe, iPXE's ", DISCOVER),
                Arguments.of(Firmware.IPXE_BIOS, "bios-ipxe, iPXE's ", REQUEST),
                Arguments.of(Firmware.IPXE_BIOS, "ipxe-dead-boot-server, iPXE's ", IPXE_ASKS),
                Arguments.of(Firmware.IPXE_EFI, "uefi-dhcp-on-peer, iPXE's ", DISCOVER),
                Arguments.of(Firmware.IPXE_EFI, "uefi-dhcp-on-peer, iPXE's ", REQUEST));
    }

    @ParameterizedTest(name = "{1}{2}")
    @MethodSource("messages")
    void shouldWriteDhcpMessagesAsRealFirmwareDoes(Firmware model, String row, String label) {
        byte[] real = capture(Target.DHCP, "lab " + row + label);

        assertThat(Traits.ofDhcp(message(model, label)))
                .as("the model of %s beside what it models", model.name())
                .isEqualTo(Traits.ofDhcp(real));
    }

    @ParameterizedTest(name = "{1}{2}")
    @MethodSource("messages")
    void shouldGiveModelAndRealFirmwareOneFingerprint(Firmware model, String row, String label) {
        assertThat(fingerprint(message(model, label)))
                .isEqualTo(fingerprint(capture(Target.DHCP, "lab " + row + label)));
    }

    @Test
    void shouldNameAMenusItemAsRealFirmwareDoes() {
        assertThat(Traits.ofDhcp(message(ModelTalk.ofOneWhoChooses(Firmware.EDK2), EDK2_ASKS)))
                .isEqualTo(Traits.ofDhcp(capture(Target.DHCP, "lab uefi-menu-yes, " + EDK2_ASKS)));
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        Firmware.EDK2,
                        0,
                        "uefi-dhcp-on-peer, TFTP read ipxe/snponly.efi octet tsize 0 blksize 1468" + " windowsize 4"),
                Arguments.of(
                        Firmware.EDK2,
                        1,
                        "uefi-dhcp-on-peer, TFTP read ipxe/snponly.efi octet blksize 1468 windowsize 4"),
                Arguments.of(Firmware.IPXE_BIOS, 0, "bios-pxelinux, TFTP read pxelinux.0 octet blksize 1432 tsize 0"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("requests")
    void shouldAskForItsProgramAsRealFirmwareDoes(Firmware model, int number, String name) {
        assertThat(Traits.ofReadRequest(readRequests(model).get(number)))
                .isEqualTo(Traits.ofReadRequest(capture(Target.TFTP, "lab " + name)));
    }

    /** shim 16.1 has no {@code revocations.efi}; shim 15.8 asks for nothing else before GRUB, and is in the field. */
    @Test
    void shouldAskAsShimAndGrubDo() {
        List<String> real = Captures.of(Target.TFTP).stream()
                .filter(capture -> capture.name().startsWith("lab secure-boot-pxe, TFTP read "))
                .map(capture -> asked(capture.bytes()))
                .filter(asked -> !asked.matches("(bootnetx64.efi|linux|initrd.gz) .*"))
                .toList();
        List<String> model = new ArrayList<>(readRequests(Firmware.SHIM_GRUB).stream()
                .map(RealFirmwareTest::asked)
                .filter(asked -> !asked.startsWith("x.efi "))
                .toList());

        assertThat(model.remove("revocations.efi octet, blksize 512, windowsize 4"))
                .isTrue();
        assertThat(model).isEqualTo(real).hasSize(9);
    }

    @Test
    void shouldDifferByArchitectureAloneOnAnotherProcessor() {
        for (String label : List.of(DISCOVER, REQUEST, EDK2_ASKS)) {
            assertThat(Traits.ofDhcp(capture(Target.DHCP, "lab aarch64, " + label)))
                    .isEqualTo(Traits.ofDhcp(capture(Target.DHCP, "lab uefi-dhcp-on-peer, " + label)).stream()
                            .map(trait ->
                                    trait.replace("Arch:00007", "Arch:00011").replace("93 0007", "93 000b"))
                            .toList());
        }
    }

    private static byte[] capture(Target target, String name) {
        return Captures.of(target).stream()
                .filter(capture -> capture.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no capture '" + name + "' in " + target.label() + ".txt"))
                .bytes();
    }

    private static byte[] message(Firmware model, String label) {
        return message(ModelTalk.of(model), label);
    }

    /** The first message of that type, from and to those ports. */
    private static byte[] message(List<Datagram> sent, String label) {
        return sent.stream()
                .filter(datagram -> label(datagram).equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the model sends no " + label))
                .payload();
    }

    private static String label(Datagram datagram) {
        boolean asks = datagram.to().port() == 4011;
        if (!asks && datagram.to().port() != 67) {
            return "no DHCP";
        }
        String type = DhcpMessage.read(datagram.payload()).orElseThrow().type() == 1 ? DISCOVER : REQUEST;
        return asks ? type + " from port " + datagram.from().port() + " to port 4011" : type;
    }

    private static List<byte[]> readRequests(Firmware model) {
        return ModelTalk.of(model).stream()
                .filter(datagram -> datagram.to().port() == 69 && Tftp.operation(datagram.payload()) == 1)
                .map(Datagram::payload)
                .toList();
    }

    /** The file's name, with its path where that begins at the root, and the request's traits. */
    private static String asked(byte[] request) {
        String path = new String(request, 2, request.length - 2, StandardCharsets.ISO_8859_1).split("\0", 2)[0];
        String name = path.startsWith("/grub/") ? path : path.substring(path.lastIndexOf('/') + 1);
        return name + " " + String.join(", ", Traits.ofReadRequest(request));
    }

    private static String fingerprint(byte[] message) {
        if (!(DhcpCodec.decode(ByteBuffer.wrap(message)) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet))) {
            throw new AssertionError("our decoder refuses it");
        }
        return Fingerprint.of(packet).toString();
    }
}
