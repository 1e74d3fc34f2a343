package org.pxemesh.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final UUID ID = UUID.fromString("018f0000-0000-7000-8000-000000000001");
    private static final SiteChanged SITE = new SiteChanged(
            new SiteState(ID, 3, "Paris", SiteKind.BRANCH, List.of("10.20.0.0/16"), new WanLimits(0, 50)));

    @Test
    void shouldReadWhatItWrote() throws Exception {
        byte[] data = EventCodec.encode(SITE);

        assertThat(EventCodec.decode("org.pxemesh.site.changed.v1", data)).isEqualTo(SITE);
    }

    @Test
    void shouldIgnoreMembersThatANewerWriterAdds() throws Exception {
        String data = new String(EventCodec.encode(SITE), UTF_8).replace("\"site\":{", "\"new\":1,\"site\":{\"x\":[],");

        assertThat(EventCodec.decode("org.pxemesh.site.changed.v1", data.getBytes(UTF_8)))
                .isEqualTo(SITE);
    }

    @Test
    void shouldNameTheMemberThatIsMissing() {
        String data = new String(EventCodec.encode(SITE), UTF_8).replace("\"networks\"", "\"netwerks\"");

        assertThatThrownBy(() -> EventCodec.decode("org.pxemesh.site.changed.v1", data.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("networks is missing");
    }

    @Test
    void shouldReadWhatAgentsSaidBeforeTheyReusedChunks() throws Exception {
        // Given
        byte[] old = """
                {"siteId":"%1$s","segmentId":"%1$s","peerId":"%1$s","packageRef":"a@1","bytes":9,"wanBytes":4,
                 "lanBytes":5,"seconds":1.5}
                """.formatted(ID).getBytes(UTF_8);

        // Then
        ContentCompleted read = (ContentCompleted) EventCodec.decode("org.pxemesh.content.completed.v1", old);
        assertThat(read.reusedBytes()).isNull();
        assertThat(read.reused()).isZero();
        assertThat(new String(EventCodec.encode(new ContentProgressed(ID, ID, ID, "a@1", 9, 9, 4, 2, 3L)), UTF_8))
                .contains("\"reusedBytes\":3")
                .doesNotContain("\"reused\"");
    }

    @Test
    void shouldNameTheNestedMemberThatIsNull() {
        String data = new String(EventCodec.encode(SITE), UTF_8).replace("\"Paris\"", "null");

        assertThatThrownBy(() -> EventCodec.decode("org.pxemesh.site.changed.v1", data.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("SiteState.name is missing");
    }

    @Test
    void shouldRefuseNullInPlaceOfAnEvent() {
        for (String data : new String[] {"null", " null ", "null,\"macs\":[]}"}) {
            assertThatThrownBy(() -> EventCodec.decode("org.pxemesh.site.changed.v1", data.getBytes(UTF_8)))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessageContaining("it is null");
        }
    }

    @Test
    void shouldRefuseHostileData() {
        assertThatThrownBy(() -> EventCodec.decode("org.pxemesh.site.exploded.v1", new byte[0]))
                .hasMessageContaining("org.pxemesh.site.exploded.v1 is unknown");
        assertThatThrownBy(() -> EventCodec.decode(
                        "org.pxemesh.site.changed.v1", "[".repeat(100_000).getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class);
        assertThatThrownBy(() -> EventCodec.decode("org.pxemesh.site.changed.v1", new byte[EventCodec.MAX_BYTES + 1]))
                .hasMessageContaining("more than " + EventCodec.MAX_BYTES);
    }

    @Test
    void shouldNameTypesByTheirRecords() {
        assertThat(EventType.of(BootOffered.class)).isEqualTo("org.pxemesh.boot.offered.v1");
        assertThat(EventType.of(PackageBuildFailed.class)).isEqualTo("org.pxemesh.package.build-failed.v1");
        assertThat(EventType.all()).hasSize(Event.class.getPermittedSubclasses().length);
    }

    @Test
    void shouldTravelInKafkaHeaders() throws Exception {
        Envelope sent = Envelope.of("a:1:2", "/policy-service", Instant.parse("2026-01-02T03:04:05.678Z"), SITE);

        Envelope received = Envelope.of(sent.headers(), sent.data());

        assertThat(received).usingRecursiveComparison().isEqualTo(sent);
        assertThat(received.event()).isEqualTo(SITE);
    }

    @Test
    void shouldNameTheHeaderThatIsMissing() {
        assertThatThrownBy(() -> Envelope.of(Map.of("ce_specversion", "1.0".getBytes(UTF_8)), new byte[0]))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("ce_id is missing");
        assertThatThrownBy(() -> Envelope.of(Map.of(), null)).hasMessage("record has no value");
    }
}
