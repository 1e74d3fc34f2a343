package org.pxemesh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pxemesh.agent.host.NetworkPort;
import org.pxemesh.netboot.dhcp.Ipv4Address;

class PortChoiceTest {
    private static final NetworkPort OFFICE = port("eth0", "10.1.0.5", true);
    private static final NetworkPort SAME_OFFICE = port("eth1", "10.1.0.6", true);
    private static final NetworkPort VOICE = port("eth0.20", "10.1.20.5", true);
    private static final NetworkPort DOCK_UNPLUGGED = port("eth0", "10.1.0.5", false);

    @Test
    void shouldUseEveryNetworkOnce() {
        var choice = PortChoice.of(List.of(OFFICE, VOICE, SAME_OFFICE), Set.of(), true);

        assertThat(choice.used()).containsExactly(OFFICE, VOICE);
        assertThat(choice.passedOver())
                .containsExactly("eth1 is not used: it is in the network 10.1.0.0/24 as eth0 is");
    }

    @Test
    void shouldStayWithTheInterfaceThatIsInUse() {
        assertThat(PortChoice.of(List.of(OFFICE, SAME_OFFICE), Set.of("eth1"), true)
                        .used())
                .containsExactly(SAME_OFFICE);
    }

    @Test
    void shouldTakeTheOtherInterfaceOfANetworkWhenTheLinkOfTheFirstIsGone() {
        assertThat(PortChoice.of(List.of(DOCK_UNPLUGGED, SAME_OFFICE), Set.of("eth0"), true)
                        .used())
                .containsExactly(SAME_OFFICE);
    }

    @Test
    void shouldKeepAnInterfaceWithoutALinkWhereThereIsNoOther() {
        assertThat(PortChoice.of(List.of(DOCK_UNPLUGGED), Set.of("eth0"), true).used())
                .containsExactly(DOCK_UNPLUGGED);
    }

    @Test
    void shouldUseOneNetworkWhereTheHostCannotTellWhereABroadcastCameIn() {
        var choice = PortChoice.of(List.of(VOICE, OFFICE), Set.of(), false);

        assertThat(choice.used()).containsExactly(VOICE);
        assertThat(choice.passedOver())
                .singleElement()
                .asString()
                .contains("eth0 is not used", "that of eth0.20", "pxemesh.interfaces", "pxemesh.host=linux");
    }

    private static NetworkPort port(String name, String address, boolean up) {
        return new NetworkPort(
                name, Ipv4Address.parse(address).toInetAddress(), 24, "02:00:00:00:00:01", NetworkPort.Kind.WIRED, up);
    }
}
