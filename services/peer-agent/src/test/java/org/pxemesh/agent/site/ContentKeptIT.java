package org.pxemesh.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pxemesh.agent.site.TestHq.PACKAGE;

import io.vertx.core.Vertx;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentNotKept;
import org.pxemesh.events.ContentRejected;
import org.pxemesh.events.PeerReported;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.TopicCatalog;

/** What two peers of a branch keep on their disks, and what they need not fetch for it. */
class ContentKeptIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIZE = 4_000_000;

    @TempDir
    Path directory;

    private final List<TestPeer> peers = new ArrayList<>();
    private final byte[] image = new byte[SIZE];
    private Vertx vertx;
    private TestHq hq;

    @BeforeEach
    void startHq() throws Exception {
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        new Random(11).nextBytes(image);
    }

    @AfterEach
    void stop() throws Exception {
        peers.forEach(TestPeer::close);
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldFetchOnlyTheChangedChunksOfANewVersion() throws Exception {
        // Given a boot image that both hold
        serving(Map.of());
        holding("1", image);
        hq.bytesServed.set(0);

        // When the deployment goes over to a version with 1000 bytes more in its middle
        var next = Arrays.copyOf(image, SIZE + 1_000);
        System.arraycopy(image, SIZE / 2, next, SIZE / 2 + 1_000, SIZE / 2);
        holding("2", next);

        // Then a chunk or two crossed the WAN, and the rest no line at all
        assertThat(hq.bytesServed.get()).isBetween(1L, 1_100_000L);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentCompleted.class))
                        .filteredOn(completed -> completed.packageRef().equals("debian@2"))
                        .hasSize(2)
                        .allSatisfy(completed -> {
                            assertThat(completed.reused()).isGreaterThan(SIZE - 1_100_000L);
                            assertThat(completed.wanBytes() + completed.lanBytes() + completed.reused())
                                    .isEqualTo(completed.bytes());
                        }));
    }

    @Test
    void shouldHealWhatTheDiskLostFromNeighbours() throws Exception {
        // Given that the uplink's disk loses bytes unnoticed
        serving(Map.of());
        holding("12", image);
        hq.bytesServed.set(0);
        var hurt = peers.stream()
                .filter(peer -> peer.segment().isUplink())
                .findFirst()
                .orElseThrow();
        var stored = stored(hurt);
        try (var file = new RandomAccessFile(stored.toFile(), "rw")) {
            file.seek(SIZE / 3);
            file.write(new byte[100]);
        }

        // When it is read again
        hurt.agent.scrubber().passNow();

        // Then the chunk comes back over the LAN, and HQ hears of it
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(hurt.agent.swarm().whole()).contains(PACKAGE);
            assertThat(stored).hasBinaryContent(image);
        });
        assertThat(hq.bytesServed).hasValue(0);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentRejected.class))
                        .extracting(ContentRejected::source)
                        .contains("own disk"));
    }

    @Test
    void shouldSayThatAPackageDoesNotFitInsteadOfFetchingIt() throws Exception {
        // Given
        serving(Map.of("pxemesh.content.quota", "2M"));

        // When
        hq.enable(hq.build("12", List.of(image)), 0);

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentNotKept.class))
                    .hasSize(2)
                    .allSatisfy(no -> {
                        assertThat(no.packageRef()).isEqualTo(PACKAGE);
                        assertThat(no.neededBytes()).isEqualTo(SIZE);
                        assertThat(no.roomBytes()).isEqualTo(2 << 20);
                    });
            assertThat(hq.heard(TopicCatalog.UP_TOPOLOGY, PeerReported.class))
                    .anyMatch(report -> report.problems()
                            .toString()
                            .contains("debian@12 is not kept here: it needs 4 MB more and 3 MB may be used"));
        });
        assertThat(hq.bytesServed).hasValue(0);
        assertThat(peers).allMatch(peer -> peer.agent.swarm().whole().isEmpty());
    }

    private void serving(Map<String, String> settings) throws Exception {
        var ports = FreePorts.find(2, 3);
        for (var n = 2; n <= 3; n++) {
            peers.add(new TestPeer(n, vertx, hq, directory, ports, settings));
        }
        peers.forEach(TestPeer::start);
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        await().atMost(SOON)
                .until(() -> peers.stream()
                        .allMatch(peer ->
                                peer.isServing() && peer.segment().members().size() == 2));
    }

    private void holding(String version, byte[] content) {
        hq.enable(hq.build(version, List.of(content)), 0);
        await().atMost(SOON)
                .until(() -> peers.stream()
                        .allMatch(peer -> peer.agent.swarm().whole().contains("debian@" + version)));
    }

    private static Path stored(TestPeer peer) {
        var store = peer.agent.parts().store();
        var file = store.manifest(PACKAGE).orElseThrow().files().getFirst();
        return store.complete(file.sha256()).orElseThrow().path();
    }
}
