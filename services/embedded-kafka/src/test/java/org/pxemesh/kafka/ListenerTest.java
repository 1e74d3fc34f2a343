package org.pxemesh.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {

    @Test
    void shouldAdvertiseWhatItBindsWhenNothingElseIsSaid() {
        assertThat(Listener.parse("127.0.0.1:9092")).isEqualTo(new Listener("127.0.0.1", 9092, "127.0.0.1", 9092));
    }

    @Test
    void shouldAdvertiseAnotherAddressThanItBinds() {
        assertThat(Listener.parse("0.0.0.0:9094=10.98.0.1:19094"))
                .isEqualTo(new Listener("0.0.0.0", 9094, "10.98.0.1", 19094));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9092", ":9092", "host:", "host:kafka", "host:0", "host:70000", "a:1=b:2=c:3", "a:1=b"})
    void shouldNameTheTextThatIsNoListener(String text) {
        assertThatThrownBy(() -> Listener.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void shouldRefuseToAdvertiseAWildcard() {
        assertThatThrownBy(() -> Listener.parse("0.0.0.0:9092"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add =HOST:PORT");
    }

    @Test
    void shouldSayHowToFindTheOwnerOfATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Given
            Listener listener = Listener.on("127.0.0.1", taken.getLocalPort());

            // Then
            assertThatThrownBy(listener::requireFree)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ss -ltnp 'sport = :" + taken.getLocalPort());
        }
    }
}
