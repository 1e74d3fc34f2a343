package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;

class TftpCodecTest {

    @Test
    void shouldReadARequestWithOptions() {
        // Given
        byte[] datagram = bytes("\0\1Boot/x.efi\0OCTET\0tsize\0" + "0\0BLKSIZE\0" + "1468\0windowsize\0" + "4\0");

        // When
        TftpPacket.ReadRequest request = (TftpPacket.ReadRequest) ok(datagram);

        // Then
        assertThat(request.fileName()).isEqualTo("Boot/x.efi");
        assertThat(request.mode()).isEqualTo("octet");
        assertThat(request.options())
                .containsExactly(Map.entry("tsize", "0"), Map.entry("blksize", "1468"), Map.entry("windowsize", "4"));
    }

    @Test
    void Q94_shouldSurviveDoubledAndTornOptions() {
        byte[] datagram = bytes("\0\1f\0octet\0blksize\0" + "512\0blksize\0" + "9999\0tsize");

        assertThat(((TftpPacket.ReadRequest) ok(datagram)).options()).isEqualTo(Map.of("blksize", "512"));
    }

    @Test
    void shouldGiveBackAnEncodedRequest() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("blksize", "1408");
        options.put("tsize", "0");
        TftpPacket.ReadRequest request = new TftpPacket.ReadRequest("a/b", "octet", options);

        assertThat(ok(TftpCodec.encodeRequest(request))).isEqualTo(request);
    }

    @Test
    void Q85_shouldReadAnAckWithMoreOctetsThanFour() {
        assertThat(ok(new byte[] {0, 4, 0x12, 0x34, 8})).isEqualTo(new TftpPacket.Ack(0x1234));
        assertThat(TftpCodec.ackBlock(ByteBuffer.wrap(new byte[] {0, 4, (byte) 0xff, (byte) 0xfe, 8})
                        .getInt()))
                .isEqualTo(0xfffe);
        assertThat(TftpCodec.ackBlock(ByteBuffer.wrap(new byte[] {0, 5, 0, 1}).getInt()))
                .isEqualTo(-1);
    }

    @Test
    void Q94_shouldCutLongErrorTexts() {
        assertThat(TftpCodec.encodeError(ErrorCode.NOT_FOUND, "x".repeat(5000))).hasSize(2 + 2 + 200 + 1);
        byte[] hostile = bytes("\0\5\0\0" + "y".repeat(5000) + "\0");
        assertThat(((TftpPacket.ErrorPacket) ok(hostile)).message()).hasSize(200);
    }

    @Test
    void Q95_shouldReadAWriteRequest() {
        assertThat(ok(bytes("\0\2f\0octet\0"))).isEqualTo(new TftpPacket.WriteRequest("f"));
    }

    @Test
    void shouldRefuseWhatIsNoTftp() {
        assertThat(TftpCodec.decode(ByteBuffer.wrap(new byte[] {0, 1}))).isInstanceOf(Decoded.Malformed.class);
        assertThat(TftpCodec.decode(ByteBuffer.wrap(new byte[] {0, 9, 0, 0})))
                .isEqualTo(Decoded.malformed("unknown TFTP operation 9", 0));
        assertThat(TftpCodec.decode(ByteBuffer.wrap(bytes("\0\1name without an end"))))
                .isEqualTo(Decoded.malformed("file name without an end", 2));
        assertThat(TftpCodec.decode(ByteBuffer.wrap(new byte[5000]).put(1, (byte) 1)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void Q88_shouldWriteTheLower16BitsOfTheBlock() {
        ByteBuffer out = ByteBuffer.allocate(4);

        TftpCodec.putDataHeader(out, 65536 + 3);

        assertThat(out.array()).containsExactly(0, 3, 0, 3);
    }

    @Property(tries = 3000)
    void shouldNeverThrowForRandomBytes(@ForAll byte operation, @ForAll byte[] tail) {
        byte[] datagram = new byte[tail.length + 2];
        datagram[1] = (byte) (operation & 7);
        System.arraycopy(tail, 0, datagram, 2, tail.length);

        if (TftpCodec.decode(ByteBuffer.wrap(datagram)) instanceof Decoded.Malformed<TftpPacket> bad) {
            assertThat(bad.offset()).isBetween(0, Math.max(datagram.length, 1024));
        }
    }

    private static TftpPacket ok(byte[] datagram) {
        return switch (TftpCodec.decode(ByteBuffer.wrap(datagram))) {
            case Decoded.Ok<TftpPacket>(TftpPacket packet) -> packet;
            case Decoded.Malformed<TftpPacket> bad -> throw new AssertionError(bad);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
