package org.pxemesh.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.events.Envelope;
import org.pxemesh.mesh.PeerFacts;
import org.pxemesh.mesh.PeerFacts.HqReach;
import org.pxemesh.mesh.PeerFacts.Link;
import org.pxemesh.mesh.PeerFacts.Power;
import org.pxemesh.mesh.Pin;
import org.pxemesh.mesh.UplinkTerm;

class MeshCodecTest {
    private static final UUID ID = new UUID(1, 2);
    private static final PeerFacts FACTS = new PeerFacts(
            ID,
            InetAddress.ofLiteral("10.0.0.1"),
            Link.WIRED,
            Power.MAINS,
            HqReach.UNKNOWN,
            1,
            2,
            1,
            "0.1",
            Pin.NONE,
            Pin.NONE,
            Set.of("debian@12"));

    static Stream<MeshMessage> messages() {
        return Stream.of(
                new MeshMessage.FactsAnnounced(FACTS, null),
                new MeshMessage.FactsAnnounced(FACTS, new UplinkTerm(5, ID)),
                new MeshMessage.DirectoryPublished(
                        1, 2, new UplinkTerm(5, ID), ID, List.of(new MeshMessage.DirectoryEntry(FACTS, 3))),
                new MeshMessage.ViewAsked(7),
                new MeshMessage.ViewAnswered(7),
                new MeshMessage.RecordsShared("cluster", List.of(), ""),
                new MeshMessage.SnapshotTold("cluster", 1, -5, Map.of("topic/0", 9L)),
                new MeshMessage.SnapshotAsked("topic\0key"),
                new MeshMessage.EventsTaken(4));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadWhatItWrote(MeshMessage message) {
        assertThat(MeshCodec.decode(MeshCodec.encode(message))).contains(message);
    }

    @Test
    void shouldReadBytesAndEnvelopesToo() {
        // Given
        var envelope = new Envelope("id", "/agents/x", "type", Instant.EPOCH, null, null, new byte[] {1, 2});
        var holdings = new MeshMessage.HoldingsTold("debian@12", "digest", new byte[] {5, 6});
        var events = new MeshMessage.EventsSent(1, List.of(new MeshMessage.UpEvent("topic", "key", ID, envelope)));

        // Then
        assertThat(MeshCodec.decode(MeshCodec.encode(holdings)).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(holdings);
        assertThat(MeshCodec.decode(MeshCodec.encode(events)).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"is\":\"unknown\"}",
                "{\"is\":\"view\"}",
                "{\"is\":\"view\",\"viewId\":null}",
                "{\"is\":\"facts\",\"facts\":{\"weightClass\":9}}",
                "{\"is\":\"facts\",\"facts\":null}",
                "{\"is\":\"records\",\"cluster\":\"x\"}",
                "{\"is\":\"events\",\"batch\":1,\"events\":[null]}",
                "{\"is\":\"directory\",\"viewId\":1,\"version\":1,\"seed\":\"x\",\"entries\":[]}"
            })
    void shouldGiveNothingForBytesThatAreNoMessage(String text) {
        assertThat(MeshCodec.decode(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void shouldNotAskADnsServerForAnAddressFromTheNetwork() {
        // Given
        var text = new String(MeshCodec.encode(new MeshMessage.FactsAnnounced(FACTS, null)), StandardCharsets.UTF_8);

        // Then
        assertThat(MeshCodec.decode(text.replace("10.0.0.1", "localhost").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldNeverThrowWhateverHappensToTheBytes(MeshMessage message) {
        // Given
        var random = new Random(42);
        var bytes = MeshCodec.encode(message);

        for (var n = 0; n < 300; n++) {
            // When
            var damaged = bytes.clone();
            for (var hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }

            // Then
            MeshCodec.decode(damaged).ifPresent(read -> assertThat(read).isNotNull());
        }
    }

    @Test
    void shouldRefuseADirectoryWithAWeightThatIsNone() {
        var weights = new String(
                MeshCodec.encode(new MeshMessage.DirectoryPublished(
                        1, 2, null, ID, List.of(new MeshMessage.DirectoryEntry(FACTS, 3)))),
                StandardCharsets.UTF_8);
        var wrong = weights.replace("\"weightClass\":3", "\"weightClass\":7");

        assertThat(MeshCodec.decode(weights.getBytes(StandardCharsets.UTF_8))).isPresent();
        assertThat(wrong).isNotEqualTo(weights);
        assertThat(MeshCodec.decode(wrong.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
