package org.pxemesh.lab.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DisguisedFramesTest {
    private static final int DATA = 14 + 20 + 8;
    private static final byte[] IPXES = {
        53, 1, 1, 0, 77, 4, 'i', 'P', 'X', 'E', (byte) 175, 2, 77, (byte) 175, (byte) 255
    };

    private final DisguisedFrames frames = new DisguisedFrames();

    @Test
    void shouldTakeOutWhatNamesIpxeAndNothingElse() {
        byte[] discover = udp(67, IPXES);

        frames.pass(discover);

        assertThat(options(discover)).containsExactly(53, 1, 1, 0, 224, 4, 'i', 'P', 'X', 'E', 225, 2, 77, 175, 255);
        assertThat(ByteBuffer.wrap(discover).getShort(DATA - 2))
                .as("no checksum")
                .isZero();
    }

    @Test
    void shouldLeaveEverythingAsItIsOnceAProgramWasAskedFor() {
        byte[] discover = udp(67, IPXES);
        byte[] before = discover.clone();

        frames.pass(udp(69, new byte[0]));
        frames.pass(discover);

        assertThat(discover).isEqualTo(before);
    }

    @Test
    void shouldPassFramesThatAreCutShort() {
        byte[] discover = udp(67, IPXES);
        for (int length = 0; length < discover.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(discover, length);
            frames.pass(cut);
            assertThat(cut).hasSize(length);
        }
    }

    private static int[] options(byte[] frame) {
        int[] options = new int[frame.length - DATA - 240];
        for (int i = 0; i < options.length; i++) {
            options[i] = frame[DATA + 240 + i] & 255;
        }
        return options;
    }

    /** An Ethernet frame with IPv4 and UDP, and options behind the fixed part of DHCP. */
    private static byte[] udp(int port, byte[] options) {
        ByteBuffer frame = ByteBuffer.allocate(DATA + 240 + options.length);
        frame.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(14 + 9, (byte) 17);
        frame.putShort(14 + 20 + 2, (short) port).putShort(DATA - 2, (short) 0x1234);
        frame.put(DATA + 240, options);
        return frame.array();
    }
}
