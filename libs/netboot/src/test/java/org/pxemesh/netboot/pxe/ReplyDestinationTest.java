package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.Architecture;
import org.pxemesh.netboot.dhcp.FirmwareKind;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;

class ReplyDestinationTest {

    private static final Ipv4Address CLIENT = Ipv4Address.parse("192.0.2.50");
    private static final Ipv4Address RELAY = Ipv4Address.parse("198.51.100.1");

    @Test
    void Q70_shouldBroadcastToClientsWithoutAnAddress() {
        assertThat(ReplyDestination.of(facts(67, Ipv4Address.NONE, Ipv4Address.NONE), Ipv4Address.NONE, 68))
                .isEqualTo(new ReplyDestination(Ipv4Address.BROADCAST, 68));
    }

    @Test
    void Q71_shouldAnswerRelaysAtTheirAddressWhateverTheSource() {
        assertThat(ReplyDestination.of(facts(67, RELAY, Ipv4Address.NONE), Ipv4Address.parse("203.0.113.9"), 40000))
                .isEqualTo(new ReplyDestination(RELAY, 67));
    }

    @Test
    void Q56_shouldAnswerBootServerRequestsAtTheirSource() {
        assertThat(ReplyDestination.of(facts(4011, Ipv4Address.NONE, CLIENT), CLIENT, 4011))
                .isEqualTo(new ReplyDestination(CLIENT, 4011));
        assertThat(ReplyDestination.of(facts(4011, Ipv4Address.NONE, CLIENT), CLIENT, 68))
                .isEqualTo(new ReplyDestination(CLIENT, 68));
    }

    @Test
    void shouldAnswerAClientAtTheAddressThatItHas() {
        assertThat(ReplyDestination.of(facts(67, Ipv4Address.NONE, CLIENT), CLIENT, 68))
                .isEqualTo(new ReplyDestination(CLIENT, 68));
    }

    private static ClientFacts facts(int port, Ipv4Address giaddr, Ipv4Address ciaddr) {
        return new ClientFacts(
                HardwareAddress.parse("52:54:00:00:00:01"),
                Optional.empty(),
                Architecture.X86_BIOS,
                FirmwareKind.BIOS,
                "PXEClient",
                "PXEClient",
                Optional.empty(),
                false,
                false,
                false,
                1,
                giaddr,
                ciaddr,
                port,
                MessageType.DISCOVER,
                Optional.empty());
    }
}
