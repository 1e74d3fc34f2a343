package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;

class AttemptCounterTest {

    private static final ClientStage CLIENT = client(1);
    private static final Ipv4Address PEER = Ipv4Address.parse("192.0.2.11");

    private final AttemptCounter counter = new AttemptCounter(3);

    @Test
    void shouldCountDiscoversFromZero() {
        assertThat(counter.discovered(CLIENT, 1, 0)).isZero();
        assertThat(counter.discovered(CLIENT, 2, 4_000)).isEqualTo(1);
    }

    @Test
    void shouldCountARepetitionWithTheSameXidAsAnAttempt() {
        counter.discovered(CLIENT, 1, 0);

        assertThat(counter.discovered(CLIENT, 1, 1_000)).isEqualTo(1);
    }

    @Test
    void shouldNotCountTheSameDatagramHeardTwice() {
        counter.discovered(CLIENT, 1, 0);

        assertThat(counter.discovered(CLIENT, 1, 499)).isZero();
        assertThat(counter.discovered(CLIENT, 1, 500)).isEqualTo(1);
    }

    @Test
    void shouldStartAgainAfterSilence() {
        counter.discovered(CLIENT, 1, 0);
        counter.discovered(CLIENT, 2, 4_000);

        assertThat(counter.discovered(CLIENT, 3, 124_000)).isEqualTo(2);
        assertThat(counter.discovered(CLIENT, 4, 244_001)).isZero();
    }

    @Test
    void shouldLearnFromAPeerThatHeardMore() {
        counter.discovered(CLIENT, 9, 0);

        counter.overheard(new Offered(9, CLIENT, 5, 0, PEER, new UUID(0, 1), 1), 10);

        assertThat(counter.discovered(CLIENT, 10, 4_000)).isEqualTo(6);
    }

    @Test
    void shouldNotCountTheDiscoverThatTheMessageOvertook() {
        counter.overheard(new Offered(9, CLIENT, 2, 0, PEER, new UUID(0, 1), 1), 0);

        assertThat(counter.discovered(CLIENT, 9, 3)).isEqualTo(2);
    }

    @Test
    void shouldNotForgetForAPeerThatHeardLess() {
        counter.discovered(CLIENT, 1, 0);
        counter.discovered(CLIENT, 2, 4_000);

        counter.overheard(new Offered(2, CLIENT, 0, 0, PEER, new UUID(0, 1), 1), 4_010);

        assertThat(counter.discovered(CLIENT, 3, 8_000)).isEqualTo(2);
    }

    @Test
    void shouldForgetTheLongestSilentClientWhenFull() {
        for (int i = 0; i < 4; i++) {
            counter.discovered(client(i), 1, i);
        }

        assertThat(counter.size()).isEqualTo(3);
        assertThat(counter.discovered(client(0), 2, 1_000)).isZero();
        assertThat(counter.discovered(client(3), 2, 1_000)).isEqualTo(1);
    }

    @Test
    void shouldCountIpxeApartFromTheFirmwareThatLoadedIt() {
        counter.discovered(CLIENT, 1, 0);

        assertThat(counter.discovered(new ClientStage(CLIENT.mac(), true), 2, 5_000))
                .isZero();
    }

    private static ClientStage client(int number) {
        return new ClientStage(HardwareAddress.parse("52:54:00:00:00:0" + number), false);
    }
}
