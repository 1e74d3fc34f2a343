package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.Packets;
import org.pxemesh.netboot.loader.BootQuestion;

class PromptFormTest {

    private static final Ipv4Address SERVER = Ipv4Address.parse("192.0.2.10");
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 11})
    void Q32_shouldPutTheDiskFirstAndNoBootFileBesideAMenu(int architecture) {
        DhcpPacket offer = offer(architecture, new BootQuestion("tool@1", 15));

        assertThat(offer.fileName()).isEmpty();
        assertThat(offer.options().has(OptionCode.BOOT_FILE)).isFalse();
        assertThat(offer.siaddr()).isEqualTo(SERVER);
        assertThat(vendor(offer))
                .isEqualTo("\6\1\7"
                        + "\10\7\200\0\1\300\0\2\12"
                        + "\11\44\0\0\23Start from the disk\200\0\13Boot tool@1"
                        + "\12\101\17Press F8 for the boot menu, or this machine starts from its disk"
                        + "\377");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "254, 254", "255, 254", "3600, 254"})
    void Q33_shouldNeverWaitForEver(int seconds, int asked) {
        String vendor = vendor(offer(7, new BootQuestion("tool@1", seconds)));

        assertThat((int) vendor.charAt(vendor.indexOf("Press") - 1)).isEqualTo(asked);
    }

    @Test
    void Q33_shouldKeepOption43WithinAnOptionWhateverThePackageIsCalled() {
        DhcpPacket offer = offer(7, new BootQuestion("x".repeat(300), 15));

        assertThat(vendor(offer)).hasSizeLessThanOrEqualTo(255).contains("Boot " + "x".repeat(65));
    }

    @Test
    void shouldRefuseAnOfferThatAsksNothing() {
        DhcpPacket discover = Packets.discover(Packets.pxe(7).build());

        assertThatThrownBy(
                        () -> ReplyForms.PROMPT.offer(discover, facts(discover), ReplyContent.of(SERVER, "tool.efi")))
                .hasMessageContaining("without a question");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "7, true", "9, true", "11, true", "16, false", "41, false", "0x7777, false"})
    void shouldBeForFirmwareThatHasMenus(String architecture, boolean asks) {
        ClientFacts facts =
                facts(Packets.discover(Packets.pxe(Integer.decode(architecture)).build()));

        assertThat(ReplyForms.asking(facts).isPresent()).isEqualTo(asks);
        assertThat(ReplyForms.inOrder(facts)).doesNotContain(ReplyForms.PROMPT);
    }

    @Test
    void Q63_shouldNotBeForIpxe() {
        ClientFacts facts = facts(Packets.discover(
                Packets.pxe(7).put(OptionCode.USER_CLASS, "iPXE").build()));

        assertThat(ReplyForms.asking(facts)).isEmpty();
    }

    private static DhcpPacket offer(int architecture, BootQuestion question) {
        DhcpPacket discover = Packets.discover(Packets.pxe(architecture).build());
        return ReplyForms.PROMPT.offer(
                discover,
                facts(discover),
                new ReplyContent(SERVER, "tool.efi", Optional.empty(), Optional.of(question)));
    }

    private static ClientFacts facts(DhcpPacket packet) {
        return ((Inspection.Client) INSPECTOR.inspect(packet, 67)).facts();
    }

    private static String vendor(DhcpPacket offer) {
        return new String(offer.options().raw(OptionCode.VENDOR_SPECIFIC).orElseThrow(), StandardCharsets.ISO_8859_1);
    }
}
