package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.tftp.TftpEffect.Finished;
import org.pxemesh.netboot.tftp.TftpEffect.Nothing;
import org.pxemesh.netboot.tftp.TftpEffect.SendBlocks;

class HandoverTest {

    private static final long LENGTH = 512L * 200_000;

    @Test
    void shouldSurviveEncodingAndDecoding() {
        Handover told = told(4711);

        assertThat(HandoverCodec.decode(HandoverCodec.encode(told))).isEqualTo(Decoded.ok(told));
    }

    @Test
    void shouldRefuseWhatIsTornOrHostile() {
        byte[] good = HandoverCodec.encode(told(4711));
        for (int length = 0; length < good.length; length++) {
            assertThat(HandoverCodec.decode(Arrays.copyOf(good, length))).isInstanceOf(Decoded.Malformed.class);
        }
        assertThat(HandoverCodec.decode(new byte[HandoverCodec.MOST_OCTETS + 1]))
                .isInstanceOf(Decoded.Malformed.class);
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            // Then it is read or refused; nothing is thrown
            assertThat(HandoverCodec.decode(bad)).isNotNull();
        }
    }

    @Test
    void shouldRefuseABlockBeyondTheFile() {
        assertThatThrownBy(() -> told(200_002)).hasMessageContaining("there is no such block");
    }

    @Test
    void shouldGoOnWhereTheClientsNextAckSays() {
        // Given a neighbour told at block 4711, and a client that got on since, past the wrap of 16 bits
        TftpSession session = told(64_000).resume(0);

        // When / Then
        TftpSession.Step step = session.on(new TftpEvent.Acked(70_000 & 0xffff), 5);
        assertThat(step.effect()).isEqualTo(new SendBlocks(70_001, 4));
        assertThat(step.session().on(new TftpEvent.Acked(70_004 & 0xffff), 6).effect())
                .isEqualTo(new SendBlocks(70_005, 4));
    }

    @Test
    void shouldGoOnAtTheVeryBlockThatWasTold() {
        assertThat(told(64_000).resume(0).on(new TftpEvent.Acked(64_000), 5).effect())
                .isEqualTo(new SendBlocks(64_001, 4));
    }

    @Test
    void shouldEndWhenOnlyTheLastAckWasMissing() {
        assertThat(told(199_000)
                        .resume(0)
                        .on(new TftpEvent.Acked(200_001 & 0xffff), 5)
                        .effect())
                .isEqualTo(new Finished(true));
    }

    @Test
    void shouldSendNothingBeforeTheClientIsHeard() {
        TftpSession session = told(64_000).resume(0);

        assertThat(session.on(new TftpEvent.Tick(), 30_000).effect()).isEqualTo(new Nothing());
        assertThat(session.on(new TftpEvent.Tick(), 40_000).effect()).isInstanceOf(TftpEffect.Failed.class);
    }

    private static Handover told(long block) {
        return new Handover(
                Ipv4Address.parse("10.1.2.3"),
                7468,
                Ipv4Address.parse("10.1.2.77"),
                2070,
                new UUID(1, 2),
                "winpe@3",
                "\\Boot\\boot.wim",
                "ab".repeat(32),
                LENGTH,
                Agreement.negotiate(Map.of("windowsize", "4"), LENGTH, TransferLimits.ethernet()),
                block);
    }
}
