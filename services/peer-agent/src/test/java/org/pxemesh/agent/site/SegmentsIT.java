package org.pxemesh.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pxemesh.agent.site.TestHq.PACKAGE;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerReported;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.TopicCatalog;

/** A site of two segments with two peers each: one copy over the WAN, or one per segment where they are cut off. */
class SegmentsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<TestPeer> east = new ArrayList<>();
    private final List<TestPeer> west = new ArrayList<>();
    private Vertx vertx;
    private TestHq hq;

    @BeforeEach
    void startHqAndTwoSegments() throws Exception {
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        var ports = FreePorts.find(2, 4);
        var others = FreePorts.find(2, 4);
        for (var n = 2; n <= 3; n++) {
            east.add(new TestPeer("127.1.0." + n, 16, vertx, hq, directory, ports, Map.of()));
            west.add(new TestPeer(
                    "127.2.0." + n,
                    16,
                    vertx,
                    hq,
                    directory,
                    new FreePorts(ports.http(), others.group(), others.bind()),
                    Map.of()));
        }
        all().forEach(TestPeer::start);
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        await().atMost(SOON)
                .until(() -> all().stream()
                        .allMatch(peer ->
                                peer.isServing() && peer.segment().members().size() == 2));
    }

    @AfterEach
    void stop() throws Exception {
        all().forEach(TestPeer::close);
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldFetchEachChunkOncePerSite() {
        // Given uplinks that hear of one another from HQ
        hq.derive(elected(uplink(east), address(uplink(east))));
        hq.derive(elected(uplink(west), address(uplink(west))));
        await().atMost(SOON).until(() -> reaches(uplink(east), uplink(west)) && reaches(uplink(west), uplink(east)));

        // When
        var size = hq.deploy(3, 1_500_000);

        // Then
        await().atMost(SOON).until(() -> all().stream().allMatch(SegmentsIT::isHolder));
        assertThat(hq.bytesServed.get()).isLessThanOrEqualTo(size * 102 / 100);
    }

    @Test
    void shouldDivideTheSitesLimitWhileBothUplinksFetch() {
        // Given
        hq.derive(elected(uplink(east), address(uplink(east))));
        hq.derive(elected(uplink(west), address(uplink(west))));
        await().atMost(SOON).until(() -> reaches(uplink(east), uplink(west)) && reaches(uplink(west), uplink(east)));
        assertThat(parts(uplink(east))).isEqualTo(1);

        // When both wait for HQ
        hq.holdAfter(0);
        hq.deploy(3, 1_500_000);

        // Then each has half of it, and all of it when the other is done
        await().atMost(SOON).until(() -> parts(uplink(east)) == 2 && parts(uplink(west)) == 2);
        hq.goOn();
        await().atMost(SOON).until(() -> all().stream().allMatch(SegmentsIT::isHolder));
        await().atMost(SOON).until(() -> parts(uplink(east)) == 1 && parts(uplink(west)) == 1);
    }

    private static int parts(TestPeer uplink) {
        return uplink.agent.site().limitParts(TestHq.SITE);
    }

    @Test
    void shouldGoOnWhenOneSegmentsUplinkDies() {
        // Given
        hq.derive(elected(uplink(east), address(uplink(east))));
        hq.derive(elected(uplink(west), address(uplink(west))));
        await().atMost(SOON).until(() -> reaches(uplink(east), uplink(west)) && reaches(uplink(west), uplink(east)));
        var dead = uplink(east);

        // When
        hq.deploy(3, 1_500_000);
        dead.kill();
        east.remove(dead);

        // Then its successor introduces itself, without HQ
        await().atMost(SOON).until(() -> all().stream().allMatch(SegmentsIT::isHolder));
        await().atMost(SOON).until(() -> reaches(uplink(west), uplink(east)));
    }

    @Test
    void shouldFetchOncePerSegmentAndSaySoWhereTheyAreCutOff() {
        // Given addresses at which nobody answers
        hq.derive(elected(uplink(east), "127.1.0.99"));
        hq.derive(elected(uplink(west), "127.2.0.99"));

        // When
        hq.deploy(1, 1_500_000);

        // Then
        await().atMost(SOON).until(() -> all().stream().allMatch(SegmentsIT::isHolder));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_TOPOLOGY, PeerReported.class))
                        .flatExtracting(PeerReported::problems)
                        .anyMatch(problem -> problem.contains("out of reach")));
    }

    private List<TestPeer> all() {
        List<TestPeer> both = new ArrayList<>(east);
        both.addAll(west);
        return both;
    }

    private static TestPeer uplink(List<TestPeer> segment) {
        return segment.stream()
                .filter(peer -> peer.segment().isUplink())
                .findFirst()
                .orElseThrow();
    }

    private static String address(TestPeer peer) {
        return peer.segment().port().address().getHostAddress();
    }

    private static PeerElected elected(TestPeer peer, String address) {
        return new PeerElected(
                TestHq.SITE,
                peer.segment().segmentId(),
                peer.id(),
                peer.segment().status().term(),
                address,
                2);
    }

    private static boolean reaches(TestPeer one, TestPeer other) {
        return one.agent.site().address(other.id()).isPresent();
    }

    private static boolean isHolder(TestPeer peer) {
        return peer.agent.swarm().whole().contains(PACKAGE);
    }
}
