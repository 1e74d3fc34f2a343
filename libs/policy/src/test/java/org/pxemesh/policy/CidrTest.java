package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.20.255.255, true",
        "10.20.0.0/16, 10.21.0.0, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "10.0.0.1/32, 10.0.0.1, true",
        "10.0.0.1/32, 10.0.0.2, false",
        "10.0.0.0/8, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void shouldContainItsAddresses(String block, String address, boolean expected) {
        assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.20.0.0/16, true",
        "10.20.0.0/16, 10.0.0.0/8, true",
        "10.20.0.0/16, 10.21.0.0/16, false",
        "0.0.0.0/0, ::/0, false",
    })
    void shouldOverlap(String one, String other, boolean expected) {
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, has no prefix length",
        "10.0.0.0/33, outside 0 to 32",
        "10.0.0.0/-1, outside 0 to 32",
        "10.0.0.0/, outside 0 to 32",
        "::/129, outside 0 to 128",
        "10.0.0.1/8, meant 10.0.0.0/8?",
        "10.1/16, does not start with an IP address",
        "010.0.0.0/8, does not start with an IP address",
        "300.0.0.0/8, does not start with an IP address",
        "example.org/8, does not start with an IP address",
        "fe80::1%eth0/64, does not start with an IP address",
        "/8, does not start with an IP address",
    })
    void shouldSayWhatIsWrong(String block, String complaint) {
        assertThatThrownBy(() -> Cidr.parse(block))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("'" + block + "'");
    }
}
