package org.pxemesh.lab.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pxemesh.lab.firmware.wire.Frame;
import org.pxemesh.zoo.wire.DhcpRequest;
import org.pxemesh.zoo.wire.Endpoint;

class StraysTest {
    private static final Set<String> SERVERS = Set.of("10.1.0.5");

    @Test
    void shouldPassWhatTheNetworksOwnServerSays() {
        assertThat(Strays.of(List.of(reply("10.1.0.5", "10.1.0.5")), SERVERS)).isEmpty();
    }

    @Test
    void shouldTellOfAReplyFromAnotherNetworksAddress() {
        assertThat(Strays.of(List.of(reply("10.2.0.5", "10.2.0.5")), SERVERS))
                .containsExactly("10.2.0.5:67 > 255.255.255.255:68 server-id 10.2.0.5 siaddr 10.2.0.5");
    }

    @Test
    void shouldTellOfAReplyThatNamesAServerInAnotherNetwork() {
        assertThat(Strays.of(List.of(reply("10.1.0.5", "10.2.0.5")), SERVERS)).hasSize(1);
    }

    @Test
    void shouldPassOverWhatMachinesAsk() {
        byte[] discover = new DhcpRequest(1, 7, new byte[6]).bytes();

        assertThat(Strays.of(List.of(new Frame(0, false, "10.9.0.1", 68, "255.255.255.255", 67, discover)), SERVERS))
                .isEmpty();
    }

    private static Frame reply(String from, String server) {
        int address = Endpoint.address(server);
        byte[] offer = new DhcpRequest(2, 7, new byte[6])
                .reply(0, address)
                .address(54, address)
                .bytes();
        return new Frame(0, false, from, 67, "255.255.255.255", 68, offer);
    }
}
