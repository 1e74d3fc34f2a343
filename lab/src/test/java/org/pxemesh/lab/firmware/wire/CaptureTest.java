package org.pxemesh.lab.firmware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureTest {
    private static final String MAC = "52:54:00:12:35:01";
    private static final byte[] READ_REQUEST =
            "\0\1pxelinux.0\0octet\0tsize\0000\0".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void shouldReadADatagramWithoutTheEthernetPaddingBehindIt() {
        // When
        List<Frame> frames = Capture.read(pcap(17, 69, READ_REQUEST, 7));

        // Then
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().payload()).isEqualTo(READ_REQUEST);
        assertThat(frames.getFirst().second()).isEqualTo(1_000_000.25);
        assertThat(frames.getFirst().from()).isEqualTo("10.99.1.50");
        assertThat(frames.getFirst().toPort()).isEqualTo(69);
        assertThat(WireStory.of(frames, MAC)).containsExactly("0.00 s  TFTP read pxelinux.0 octet tsize 0");
    }

    @Test
    void shouldReadWhatATcpSegmentCarries() {
        byte[] request = "GET /boot/x/boot.ipxe HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(WireStory.of(Capture.read(pcap(6, 8069, request, 0)), MAC))
                .containsExactly("0.00 s  HTTP GET /boot/x/boot.ipxe HTTP/1.1");
    }

    @Test
    void shouldLeaveOutAPacketThatIsStillBeingWritten() {
        ByteBuffer whole = pcap(17, 69, READ_REQUEST, 0);
        for (int length = 0; length < whole.limit(); length++) {
            assertThat(Capture.read(whole.slice(0, length))).isEmpty();
        }
    }

    @Test
    void shouldRefuseAnotherFormat() {
        assertThatThrownBy(() -> Capture.read(ByteBuffer.allocate(100))).hasMessageContaining("no pcap file");
    }

    private static ByteBuffer pcap(int protocol, int toPort, byte[] payload, int padding) {
        int transport = protocol == 17 ? 8 : 20;
        int ip = 20 + transport + payload.length;
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + 14 + ip + padding).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b2c3d4).position(24);
        file.putInt(1_000_000).putInt(250_000).putInt(14 + ip + padding).putInt(14 + ip + padding);
        ByteBuffer packet = file.slice(40, 14 + ip + padding).order(ByteOrder.BIG_ENDIAN);
        packet.putShort(12, (short) 0x0800)
                .put(14, (byte) 0x45)
                .putShort(16, (short) ip)
                .put(23, (byte) protocol);
        packet.put(26, new byte[] {10, 99, 1, 50, 10, 99, 1, 10});
        packet.putShort(34, (short) 2070).putShort(36, (short) toPort);
        packet.put(34 + 12, (byte) (protocol == 6 ? 0x50 : 0));
        packet.put(34 + transport, payload);
        return file.rewind();
    }
}
