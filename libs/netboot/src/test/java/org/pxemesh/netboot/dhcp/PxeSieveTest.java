package org.pxemesh.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PxeSieveTest {

    private final PxeSieve sieve = new PxeSieve(List.of("PXEClient", "HTTPClient", "HW-Client"));

    @Test
    void Q1_shouldLetNetworkBootClientsPass() {
        assertThat(looks(Packets.discover(Packets.pxe(7).build()))).isTrue();
        assertThat(looks(withVendor("HTTPClient:Arch:00016"))).isTrue();
    }

    @Test
    void Q2_shouldLetConfiguredVendorsPass() {
        assertThat(looks(withVendor("HW-Client"))).isTrue();
    }

    @Test
    void Q1_shouldStopOrdinaryClients() {
        assertThat(looks(withVendor("MSFT 5.0"))).isFalse();
        assertThat(looks(Packets.discover(DhcpOptions.EMPTY))).isFalse();
    }

    @Test
    void shouldStopServersPackets() {
        byte[] reply = DhcpCodec.encode(Packets.discover(Packets.pxe(7).build()));
        reply[0] = DhcpPacket.BOOTREPLY;

        assertThat(sieve.looksLikePxe(ByteBuffer.wrap(reply))).isFalse();
    }

    @Test
    void shouldReadFromTheBuffersPosition() {
        byte[] packet = DhcpCodec.encode(Packets.discover(Packets.pxe(0).build()));
        ByteBuffer shifted =
                ByteBuffer.allocate(packet.length + 7).put(new byte[7]).put(packet);

        assertThat(sieve.looksLikePxe(shifted.flip().position(7))).isTrue();
    }

    private boolean looks(DhcpPacket packet) {
        return sieve.looksLikePxe(ByteBuffer.wrap(DhcpCodec.encode(packet)));
    }

    private static DhcpPacket withVendor(String vendor) {
        return Packets.discover(
                DhcpOptions.builder().put(OptionCode.VENDOR_CLASS, vendor).build());
    }
}
