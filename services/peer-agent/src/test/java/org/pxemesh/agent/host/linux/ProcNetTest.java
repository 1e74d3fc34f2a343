package org.pxemesh.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcNetTest {

    @TempDir
    private Path proc;

    private ProcNet net;

    @BeforeEach
    void fillProc() throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.createDirectories(proc.resolve("4711/fd"));
        Files.writeString(proc.resolve("net/udp"), """
                   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref
                   12: 00000000:0043 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 99887 2
                """);
        Files.writeString(proc.resolve("net/udp6"), "");
        Files.writeString(proc.resolve("net/arp"), """
                IP address       HW type     Flags       HW address            Mask     Device
                192.0.2.50       0x1         0x2         52:54:00:00:00:01     *        eth0
                192.0.2.51       0x1         0x0         00:00:00:00:00:00     *        eth0
                """);
        Files.writeString(proc.resolve("4711/comm"), "dnsmasq\n");
        Files.createSymbolicLink(proc.resolve("4711/fd/3"), Path.of("socket:[99887]"));
        net = new ProcNet(proc);
    }

    @Test
    void shouldNameTheProcessThatHoldsAPort() {
        assertThat(net.holderOfUdpPort(67)).contains("dnsmasq (pid 4711)");
        assertThat(net.holderOfUdpPort(69)).isEmpty();
    }

    @Test
    void shouldKnowCompleteNeighboursOnly() {
        assertThat(net.neighbour("192.0.2.50")).map(Object::toString).contains("52:54:00:00:00:01");
        assertThat(net.neighbour("192.0.2.51")).isEmpty();
        assertThat(net.neighbour("192.0.2.5")).isEmpty();
    }
}
