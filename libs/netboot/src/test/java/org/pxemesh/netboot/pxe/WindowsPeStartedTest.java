package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

class WindowsPeStartedTest {

    private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.60");

    private static DhcpPacket request(UnaryOperator<DhcpOptions.Builder> change) {
        DhcpOptions.Builder options = DhcpOptions.builder()
                .put(MessageType.REQUEST)
                .put(OptionCode.REQUESTED_ADDRESS, ADDRESS)
                .put(OptionCode.HOST_NAME, "MININT-7G3K9PL")
                .put(OptionCode.VENDOR_CLASS, "MSFT 5.0");
        byte[] chaddr = new byte[DhcpPacket.CHADDR_LENGTH];
        chaddr[0] = 0x52;
        chaddr[5] = 0x01;
        return new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                0,
                7,
                0,
                0,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                chaddr,
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                change.apply(options).build());
    }

    @Test
    void shouldKnowAWindowsPeByTheNameThatItDraws() {
        assertThat(WindowsPeStarted.in(request(options -> options))).hasValueSatisfying(started -> {
            assertThat(started.mac()).hasToString("52:00:00:00:00:01");
            assertThat(started.address()).isEqualTo(ADDRESS);
            assertThat(started.hostName()).isEqualTo("MININT-7G3K9PL");
        });
        assertThat(WindowsPeStarted.in(request(options -> options.put(OptionCode.HOST_NAME, "minint-abc\0"))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESKTOP-1D8K0YZ", "MININT", "MININT-WITH-A-LONG-NAME", "MININT-\u0007X", "XMININT-1"})
    void shouldNotTakeAnInstalledWindowsForOne(String name) {
        assertThat(WindowsPeStarted.in(request(
                        options -> options.put(OptionCode.HOST_NAME, name.getBytes(StandardCharsets.US_ASCII)))))
                .isEmpty();
    }

    @Test
    void shouldNotTakeAnybodyElseForOne() {
        assertThat(WindowsPeStarted.in(request(options -> options.put(OptionCode.VENDOR_CLASS, "PXEClient"))))
                .isEmpty();
        assertThat(WindowsPeStarted.in(request(options -> options.put(MessageType.DISCOVER))))
                .isEmpty();
        assertThat(WindowsPeStarted.in(request(options -> options.remove(OptionCode.HOST_NAME))))
                .isEmpty();
    }
}
