package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootTokenTest {

    private static final UUID SEGMENT = new UUID(7, 7);
    private static final String MAC = "52:54:00:00:00:01";

    @Test
    void shouldBeReadByAPeerThatRemembersNothing() {
        BootToken token = BootToken.of(SEGMENT, MAC, 0xfedc0001);

        BootToken read = BootToken.parse(token.toString()).orElseThrow();

        assertThat(token.toString()).endsWith(".fedc0001");
        assertThat(read).isEqualTo(token);
        assertThat(read.names(SEGMENT, MAC)).isTrue();
    }

    /** Peers of other versions make the id of the same words, by {@link UUID#nameUUIDFromBytes}. */
    @Test
    void shouldBeNamedAsByAllPeers() {
        for (int xid = -100_000_000; xid < 100_000_000; xid += 1_234_567) {
            String name = SEGMENT + "/" + MAC + "/" + Integer.toHexString(xid);

            assertThat(BootToken.of(SEGMENT, MAC, xid).bootId())
                    .isEqualTo(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void shouldNameNoOtherMachineAndNoOtherSegment() {
        BootToken token = BootToken.of(SEGMENT, MAC, 5);

        assertThat(token.names(SEGMENT, "52:54:00:00:00:02")).isFalse();
        assertThat(token.names(new UUID(7, 8), MAC)).isFalse();
        assertThat(new BootToken(token.bootId(), 6).names(SEGMENT, MAC)).isFalse();
        assertThat(new BootToken(token.bootId(), null).names(SEGMENT, MAC)).isFalse();
    }

    @Test
    void shouldKeepAnotherPeersIdThatItCannotVerify() {
        BootToken own = BootToken.of(SEGMENT, MAC, 5);

        assertThat(BootToken.told(own.bootId(), SEGMENT, MAC, 5)).isEqualTo(own);
        assertThat(BootToken.told(own.bootId(), SEGMENT, MAC, 6))
                .hasToString(own.bootId().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "boot.sdi",
                "0ff1ce00-0000-4000-8000-00000000000",
                "0ff1ce00-0000-4000-8000-000000000001.",
                "0ff1ce00-0000-4000-8000-000000000001.123",
                "0ff1ce00-0000-4000-8000-000000000001.0000000g",
                "0FF1CE00-0000-4000-8000-000000000001",
                "1-1-1-1-1"
            })
    void shouldReadNothingElse(String text) {
        assertThat(BootToken.parse(text)).isEmpty();
    }
}
