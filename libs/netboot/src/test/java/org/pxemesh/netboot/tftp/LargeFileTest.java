package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boot images of hundreds of megabytes and more, asked for as Microsoft's boot manager does it. */
class LargeFileTest {

    private static Agreement agreed(String blockSize, String window, long length) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("tsize", "0");
        asked.put("blksize", blockSize);
        asked.put("windowsize", window);
        asked.put("msftwindow", "31416");
        return Agreement.negotiate(asked, length, new TransferLimits(1500, 64, 62 * 1024));
    }

    @ParameterizedTest
    @CsvSource({
        "1456, 4, 4294967295",
        "1456, 4, 4294967296",
        "1456, 4, 6442450944",
        "512, 1, 33553920",
        "512, 1, 33554432",
        "1024, 64, 268435456"
    })
    void Q88_shouldServeAWholeFileAcrossEveryWrapOfTheBlockNumber(String blockSize, String window, long length) {
        // Given
        Agreement agreement = agreed(blockSize, window, length);
        TftpSession.Step step = TftpSession.begin(agreement, length, 0);
        long clientHas = 0;
        long blocks = 0;

        // When the client acknowledges the last block of each window, as on the wire
        step = step.session().on(new TftpEvent.Acked(0), 0);
        while (step.effect() instanceof TftpEffect.SendBlocks(long first, int count)) {
            assertThat(first).isEqualTo(blocks + 1);
            for (long block = first; block < first + count; block++) {
                clientHas += step.session().length(block);
            }
            blocks += count;
            step = step.session().on(new TftpEvent.Acked((int) (blocks & 0xffff)), 0);
        }

        // Then
        assertThat(step.effect()).isEqualTo(new TftpEffect.Finished(true));
        assertThat(clientHas).isEqualTo(length);
    }

    @Test
    void Q97_shouldTellSizesBeyondFourGigabytes() {
        assertThat(agreed("1456", "4", 6_442_450_944L).acknowledged()).containsEntry("tsize", "6442450944");
    }

    @Test
    void Q85_shouldPassOverMicrosoftsWindowAndTakeItsLongAcks() {
        assertThat(agreed("1456", "4", 1000).acknowledged()).containsOnlyKeys("tsize", "blksize", "windowsize");
        ByteBuffer ack = ByteBuffer.wrap(new byte[] {0, 4, 0x12, 0x34, 8});

        assertThat(TftpCodec.ackBlock(ack.getInt(0))).isEqualTo(0x1234);
    }

    @Test
    void Q83_shouldGrantNoBlockThatNeedsFragments() {
        assertThat(agreed("4096", "1", 1000).acknowledged()).containsEntry("blksize", "1468");
    }

    @Test
    void Q82_shouldTakeErrorZeroAfterTheOptionsForAProbe() {
        TftpSession session =
                TftpSession.begin(agreed("1456", "4", 1000), 1000, 0).session();

        assertThat(session.on(new TftpEvent.ErrorReceived(ErrorCode.UNDEFINED, "TFTP Aborted"), 1)
                        .effect())
                .isInstanceOf(TftpEffect.Aborted.class);
    }
}
