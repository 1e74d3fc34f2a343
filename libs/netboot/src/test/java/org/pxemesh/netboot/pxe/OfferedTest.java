package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;

class OfferedTest {

    private static final Offered MESSAGE = new Offered(
            0xcafebabe,
            new ClientStage(HardwareAddress.parse("52:54:00:00:00:01"), true),
            3,
            1,
            Ipv4Address.parse("192.0.2.11"),
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            2);

    private static final String GOLDEN = "504f" + "01" + "06" + "cafebabe" + "52540000000100000000000000000000" + "0003"
            + "0001" + "c000020b" + "00112233445566778899aabbccddeeff" + "01020000";

    @Test
    void shouldKeepItsFormOnTheWire() {
        assertThat(HexFormat.of().formatHex(MESSAGE.encode())).isEqualTo(GOLDEN);
        assertThat(Offered.decode(ByteBuffer.wrap(MESSAGE.encode()))).isEqualTo(Decoded.ok(MESSAGE));
    }

    @Test
    void shouldTellWhomItPointsAtBehindWhatOlderPeersRead() {
        UUID guid = UUID.fromString("4c4c4544-0043-3010-8052-b4c04f564231");
        Offered.Pointed to = new Offered.Pointed(Ipv4Address.parse("192.0.2.12"), 7, Optional.of(new ClientGuid(guid)));
        Offered pointing = pointing(to);

        assertThat(HexFormat.of().formatHex(pointing.encode()))
                .isEqualTo(GOLDEN + "c000020c" + "00070000" + "4c4c4544004330108052b4c04f564231");
        assertThat(Offered.decode(ByteBuffer.wrap(pointing.encode()))).isEqualTo(Decoded.ok(pointing));
        Offered nameless = pointing(new Offered.Pointed(to.server(), 0, Optional.empty()));
        assertThat(Offered.decode(ByteBuffer.wrap(nameless.encode()))).isEqualTo(Decoded.ok(nameless));
        assertThat(Offered.decode(ByteBuffer.wrap(pointing.encode(), 0, 60))).isEqualTo(Decoded.ok(MESSAGE));
    }

    private static Offered pointing(Offered.Pointed to) {
        return new Offered(
                MESSAGE.xid(),
                MESSAGE.client(),
                MESSAGE.attempt(),
                MESSAGE.rank(),
                MESSAGE.responder(),
                MESSAGE.bootId(),
                2,
                Optional.of(to));
    }

    @Test
    void shouldTravelTogetherWithOthers() {
        // Given
        Offered second = new Offered(
                7,
                new ClientStage(HardwareAddress.parse("52:54:00:00:00:02"), false),
                0,
                0,
                MESSAGE.responder(),
                new UUID(1, 2),
                1);
        byte[] both = HexFormat.of().parseHex(GOLDEN + HexFormat.of().formatHex(second.encode()));

        // When, Then
        assertThat(Offered.decodeAll(ByteBuffer.wrap(both))).containsExactly(Decoded.ok(MESSAGE), Decoded.ok(second));
        assertThat(Offered.decodeAll(ByteBuffer.wrap(MESSAGE.encode()))).containsExactly(Decoded.ok(MESSAGE));
        byte[] many = HexFormat.of().parseHex(GOLDEN.repeat(Offered.MOST_TOGETHER));
        assertThat(Offered.decodeAll(ByteBuffer.wrap(many)))
                .hasSize(Offered.MOST_TOGETHER)
                .containsOnly(Decoded.ok(MESSAGE));

        // Who knows of one message to a datagram reads the first, and takes the second for nobody that it knows
        assertThat(Offered.decode(ByteBuffer.wrap(both))).isInstanceOfSatisfying(Decoded.Ok.class, first -> {
            Offered read = (Offered) first.value();
            assertThat(read.xid()).isEqualTo(MESSAGE.xid());
            assertThat(read.client()).isEqualTo(MESSAGE.client());
        });
    }

    @Test
    void shouldReadOneThatPointsAtAnotherAlone() {
        Offered pointing = pointing(new Offered.Pointed(Ipv4Address.parse("192.0.2.12"), 7, Optional.empty()));

        assertThat(Offered.decodeAll(ByteBuffer.wrap(pointing.encode()))).containsExactly(Decoded.ok(pointing));
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
        assertThat(Offered.decodeAll(ByteBuffer.wrap(bytes))).isNotEmpty();
    }
}
