package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChunkVerifierTest {

    private static final byte[] BYTES = "twelve bytes".getBytes(StandardCharsets.UTF_8);
    private static final Chunk CHUNK = new Chunk(4096, BYTES.length, Sha256.of(BYTES));

    @Test
    void shouldAcceptTheSignedBytesAlone() {
        ByteBuffer data = ByteBuffer.wrap(BYTES);
        assertThat(ChunkVerifier.verify(CHUNK, data)).isEqualTo(ChunkVerifier.Verdict.GOOD);
        assertThat(data.remaining()).isEqualTo(BYTES.length);
    }

    @Test
    void shouldTellShortLongAndAlteredBytesApart() {
        byte[] altered = BYTES.clone();
        altered[3] ^= 1;
        assertThat(ChunkVerifier.verify(CHUNK, ByteBuffer.wrap(BYTES, 0, 11)))
                .isEqualTo(ChunkVerifier.Verdict.WRONG_LENGTH);
        assertThat(ChunkVerifier.verify(CHUNK, ByteBuffer.wrap(new byte[13])))
                .isEqualTo(ChunkVerifier.Verdict.WRONG_LENGTH);
        assertThat(ChunkVerifier.verify(CHUNK, ByteBuffer.wrap(altered))).isEqualTo(ChunkVerifier.Verdict.WRONG_DIGEST);
    }
}
