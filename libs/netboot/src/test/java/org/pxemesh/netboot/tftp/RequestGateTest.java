package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestGateTest {

    private static final int VICTIM = 0x0a000001;

    private final RequestGate gate = new RequestGate();

    @Test
    void shouldLetAMachineAskForItsFirstFilesAtOnce() {
        assertThat(admitted(VICTIM, 40, 0)).isEqualTo(40);
    }

    @Test
    void shouldBoundWhatIsAskedInAStrangersName() {
        // When somebody asks a thousand times a second for a minute
        int admitted = 0;
        for (int second = 0; second < 60; second++) {
            admitted += admitted(VICTIM, 1000, second * 1000L);
        }

        // Then
        assertThat(admitted).isBetween(100, 40 + 2 * 60);
    }

    @Test
    void shouldLetAClientAskMoreThanAStranger() {
        // Given
        admitted(VICTIM, 1000, 0);

        // When
        gate.acknowledged(VICTIM, 0);

        // Then
        assertThat(admitted(VICTIM, 1000, 0)).isEqualTo(300);
        gate.acknowledged(VICTIM, 0);
        assertThat(admitted(VICTIM, 1000, 1000))
                .as("acknowledging fills no bucket")
                .isEqualTo(100);
    }

    @Test
    void shouldServeClientsUnderAFloodOfAHundredThousandAddresses() {
        // Given a machine that loads
        gate.admits(VICTIM, 0);
        gate.acknowledged(VICTIM, 0);

        // When a hundred thousand others ask within a second
        int others = 0;
        for (int i = 1; i <= 100_000; i++) {
            others += gate.admits(0x0b000000 + i, i / 100) ? 1 : 0;
        }

        // Then little of it gets through, little is remembered, and the machine goes on
        assertThat(others).isLessThanOrEqualTo(1500);
        assertThat(gate.size()).isLessThanOrEqualTo(4096 + 1);
        assertThat(admitted(VICTIM, 100, 1000)).isEqualTo(100);
    }

    private int admitted(int address, int times, long now) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += gate.admits(address, now) ? 1 : 0;
        }
        return admitted;
    }
}
