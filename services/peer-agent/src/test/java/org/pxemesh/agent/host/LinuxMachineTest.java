package org.pxemesh.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /sys/class/net} tells of interfaces, as folders. */
class LinuxMachineTest {

    @TempDir
    private Path net;

    @Test
    void shouldTakeAVlanForWhatItRunsOver() throws IOException {
        has("eth0", "device");
        has("eth0.20", "lower_eth0");
        has("br0", "bridge");
        has("br0.20", "lower_br0");
        has("wlan0", "phy80211");
        has("wlan0.20", "lower_wlan0");
        has("bond0", "lower_eth0");
        has("bond0.20", "lower_bond0");

        assertThat(LinuxMachine.kind(net, "eth0.20", 4)).isEmpty();
        assertThat(LinuxMachine.kind(net, "bond0.20", 4)).isEmpty();
        assertThat(LinuxMachine.kind(net, "br0.20", 4)).contains(NetworkPort.Kind.VIRTUAL);
        assertThat(LinuxMachine.kind(net, "wlan0.20", 4)).contains(NetworkPort.Kind.WIFI);
    }

    @Test
    void shouldKnowNothingOfAnInterfaceThatIsGone() {
        assertThat(LinuxMachine.kind(net, "eth9", 4)).isEmpty();
    }

    private void has(String name, String entry) throws IOException {
        Files.createDirectories(net.resolve(name).resolve(entry));
    }
}
