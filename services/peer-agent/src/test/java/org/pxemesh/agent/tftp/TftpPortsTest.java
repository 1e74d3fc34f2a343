package org.pxemesh.agent.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.netboot.tftp.TransferTable;

class TftpPortsTest {

    @Test
    void shouldReadAPortARangeAndTheSinglePort() {
        assertThat(TftpPorts.parse("7468")).isEqualTo(new TftpPorts(69, 7468, 7468));
        assertThat(TftpPorts.parse(" 7468-7499 ")).isEqualTo(new TftpPorts(69, 7468, 7499));
        assertThat(TftpPorts.parse("69").single()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tftp", "7499-7468", "7468-7600", "60-80", "0", "70000", "1-2-3"})
    void shouldSayHowPortsAreWritten(String text) {
        assertThatThrownBy(() -> TftpPorts.parse(text))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("pxemesh.tftp.ports=");
    }

    @Test
    void shouldGiveAClientTheSamePortEachTime() {
        TftpPorts range = TftpPorts.parse("7468-7499");
        for (int port = 1024; port < 2048; port++) {
            long client = TransferTable.key(0x0a000001, port);
            assertThat(range.socketFor(client)).isBetween(1, 32).isEqualTo(range.socketFor(client));
        }
    }
}
