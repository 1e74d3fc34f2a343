package org.pxemesh.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.Ipv4Address;

class SocketProblemsTest {

    private static final BindException TAKEN = new BindException("Address already in use");

    @Test
    void Q72_shouldNameTheSettingForADhcpServerOnTheSameHost() throws SocketException {
        assertThat(explained(67))
                .startsWith("UDP port 67 (proxyDHCP) on lo 127.0.0.1 is taken by dnsmasq (pid 12)")
                .contains("pxemesh.dhcp.listen=false", "option 60 \"PXEClient\"", "pxemesh.interfaces");
    }

    @Test
    void shouldNotSpeakOfDhcpWhereAnotherPortIsTaken() throws SocketException {
        assertThat(explained(69))
                .contains("is taken by dnsmasq (pid 12): stop it")
                .doesNotContain("pxemesh.dhcp");
    }

    private static String explained(int port) throws SocketException {
        SocketSpec spec = SocketSpec.broadcast(
                "proxyDHCP",
                NetworkInterface.getByName("lo"),
                Ipv4Address.parse("127.0.0.1").toInetAddress(),
                port);
        return String.valueOf(SocketProblems.explain(spec, TAKEN, Optional.of("dnsmasq (pid 12)"))
                .getMessage());
    }
}
