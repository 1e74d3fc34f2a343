package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;

class OfferedTest {

    private static final Offered MESSAGE =
            new Offered(0xcafebabe, HardwareAddress.parse("52:54:00:00:00:01"), 3, 1, Ipv4Address.parse("192.0.2.11"));

    private static final String GOLDEN =
            "504f" + "01" + "06" + "cafebabe" + "52540000000100000000000000000000" + "0003" + "0001" + "c000020b";

    @Test
    void shouldKeepItsFormOnTheWire() {
        assertThat(HexFormat.of().formatHex(MESSAGE.encode())).isEqualTo(GOLDEN);
        assertThat(Offered.decode(ByteBuffer.wrap(MESSAGE.encode()))).isEqualTo(Decoded.ok(MESSAGE));
    }

    @Test
    void shouldRefuseAnotherVersion() {
        byte[] datagram = MESSAGE.encode();
        datagram[2] = 2;

        assertThat(Offered.decode(ByteBuffer.wrap(datagram)))
                .isEqualTo(Decoded.malformed("'offered' version 2, this peer speaks 1", 2));
    }

    @Property(tries = 1000)
    void shouldNeverThrow(@ForAll byte[] bytes) {
        assertThat(Offered.decode(ByteBuffer.wrap(bytes))).isNotNull();
    }
}
