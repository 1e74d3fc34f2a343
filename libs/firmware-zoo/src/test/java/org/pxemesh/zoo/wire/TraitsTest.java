package org.pxemesh.zoo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraitsTest {

    private static final byte[] MAC = {0x52, 0x54, 0, 1, 2, 3};
    private static final byte[] OTHER_MAC = {0x52, 0x54, 0, 9, 8, 7};

    private static DhcpRequest request(int xid, byte[] mac) {
        byte[] client = new byte[7];
        client[0] = 1;
        System.arraycopy(mac, 0, client, 1, mac.length);
        return new DhcpRequest(3, xid, mac)
                .address(54, xid)
                .option(97, new byte[] {0, mac[5]})
                .option(61, client)
                .text(60, "PXEClient");
    }

    @Test
    void shouldTellTheProgramAndNotTheMachine() {
        assertThat(Traits.ofDhcp(request(1, MAC).bytes()))
                .containsExactly(
                        "op 1, hardware 0106",
                        "answers to its address",
                        "ciaddr 0, giaddr 0",
                        "53 03",
                        "54 of 4",
                        "97 00 and 1",
                        "61 01 and the hardware address",
                        "60 \"PXEClient\"")
                .isEqualTo(Traits.ofDhcp(request(2, OTHER_MAC).bytes()));
    }

    @Test
    void shouldTellOrderValuesAndFlagsApart() {
        byte[] one = request(1, MAC)
                .option(57, (byte) 5, (byte) 0xc0)
                .option(93, (byte) 0, (byte) 7)
                .bytes();

        assertThat(List.of(
                        request(1, MAC).option(93, (byte) 0, (byte) 7).option(57, (byte) 5, (byte) 0xc0),
                        request(1, MAC).option(57, (byte) 5, (byte) 0xc1).option(93, (byte) 0, (byte) 7),
                        request(1, MAC)
                                .broadcast()
                                .option(57, (byte) 5, (byte) 0xc0)
                                .option(93, (byte) 0, (byte) 7),
                        request(1, MAC)
                                .ciaddr(1)
                                .option(57, (byte) 5, (byte) 0xc0)
                                .option(93, (byte) 0, (byte) 7)))
                .allSatisfy(other -> assertThat(Traits.ofDhcp(other.bytes())).isNotEqualTo(Traits.ofDhcp(one)));
    }

    @Test
    void shouldTellTheOptionsOfAReadRequestInTheirOrder() {
        byte[] plain = Tftp.readRequest("a/b", "octet", Map.of());
        byte[] size = Tftp.readRequest("c", "octet", Map.of("tsize", "0"));

        assertThat(Traits.ofReadRequest(plain)).containsExactly("octet");
        assertThat(Traits.ofReadRequest(size)).containsExactly("octet", "tsize 0");
    }

    @Test
    void shouldTellNothingOfOtherPackets() {
        assertThat(Traits.ofDhcp(new byte[300])).isEmpty();
        assertThat(Traits.ofReadRequest(Tftp.ack(1))).isEmpty();
        assertThat(Traits.ofReadRequest(new byte[] {0, 1, 'a', 0})).isEmpty();
    }
}
