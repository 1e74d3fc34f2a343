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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentRejected;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.events.PeerReported;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.mesh.Pin;
import org.pxemesh.mesh.Ranking;
import org.pxemesh.mesh.RankingInputs;
import org.pxemesh.mesh.RankingMember;

/** A branch of three peers with a real group, a real broker and real content. */
class BranchIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<TestPeer> peers = new ArrayList<>();
    private Vertx vertx;
    private TestHq hq;
    private FreePorts ports;

    @BeforeEach
    void startHqAndThreePeers() throws Exception {
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        ports = FreePorts.find(2, 5);
        for (var n = 2; n <= 4; n++) {
            peers.add(new TestPeer(n, vertx, hq, directory, ports));
        }
        peers.forEach(TestPeer::start);
    }

    @AfterEach
    void stop() throws Exception {
        peers.forEach(TestPeer::close);
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldElectOneUplinkThatSharesWhatHqSays() {
        // Given agents that know nothing but HQ's address and key
        hq.renewEpoch();

        // When
        hq.site(SiteKind.BRANCH);

        // Then all know the site by themselves, and serve
        await().atMost(SOON).until(() -> peers.stream().allMatch(TestPeer::isServing));
        assertThat(uplinks()).hasSize(1);
        assertThat(peers).allMatch(peer -> peer.segment().siteId().equals(TestHq.SITE));
        assertThat(peers.stream().map(peer -> peer.segment().segmentId()).distinct())
                .hasSize(1);

        // and HQ hears who was elected and who is there
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(hq.heard(TopicCatalog.UP_TOPOLOGY, PeerElected.class))
                    .filteredOn(elected -> elected.siteId().equals(TestHq.SITE))
                    .extracting(PeerElected::peerId)
                    .contains(uplinks().getFirst().id());
            assertThat(hq.heard(TopicCatalog.UP_TOPOLOGY, PeerReported.class))
                    .filteredOn(reported -> reported.siteId().equals(TestHq.SITE))
                    .extracting(PeerReported::peerId)
                    .contains(peers.stream().map(TestPeer::id).toArray(UUID[]::new));
        });
    }

    @Test
    void shouldFetchContentOnceAndSpreadIt() {
        // Given
        serving();

        // When
        var size = hq.deploy(3, 1_500_000);

        // Then
        await().atMost(SOON)
                .until(() ->
                        peers.stream().allMatch(peer -> peer.segment().members().size() == 3 && holders(peer) == 3));
        assertThat(hq.bytesServed.get()).isLessThanOrEqualTo(size * 102 / 100);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentCompleted.class))
                        .extracting(ContentCompleted::peerId)
                        .containsExactlyInAnyOrder(
                                peers.stream().map(TestPeer::id).toArray(UUID[]::new)));
    }

    @Test
    void shouldHoldOnAsManyPeersAsThePolicySaysAndReplaceALostOne() {
        // Given
        serving();

        // When two of three are to hold it
        hq.enable(hq.build(1, 300_000), 2);

        // Then
        await().atMost(SOON).until(() -> peers.stream().allMatch(peer -> holders(peer) == 2));

        // When one of them dies
        var dead = peers.stream()
                .filter(peer -> peer.agent.swarm().whole().contains(PACKAGE))
                .findFirst()
                .orElseThrow();
        dead.kill();
        peers.remove(dead);

        // Then
        await().atMost(SOON)
                .until(() ->
                        peers.stream().allMatch(peer -> peer.segment().members().size() == 2 && holders(peer) == 2));
    }

    @Test
    void shouldHandAPackageOnToAPeerThatJoinsAndGiveNothingUpBefore() throws Exception {
        // Given two of three that hold it
        serving();
        hq.enable(hq.build(1, 300_000), 2);
        await().atMost(SOON).until(() -> peers.stream().allMatch(peer -> holders(peer) == 2));
        var before = whole();
        var fromHq = hq.bytesServed.get();

        // When a peer joins that is to hold it in the place of one of the two
        var joined = chosenOne();
        peers.add(joined);
        joined.start();

        // Then it becomes a holder, and at no moment there are fewer than two
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(whole()).hasSizeGreaterThanOrEqualTo(2);
            return peers.stream().allMatch(peer -> peer.segment().members().size() == 4 && holders(peer) == 2)
                    && whole().contains(joined.id())
                    // Who gives it up may do so a moment after all have heard of the new holder.
                    && whole().size() == 2;
        });
        assertThat(whole()).containsAnyElementsOf(before);
        assertThat(hq.bytesServed.get()).isEqualTo(fromHq);
    }

    /** A peer that has not started; its id makes it one of two holders beside the uplink. */
    private TestPeer chosenOne() throws Exception {
        var elected = uplinks().getFirst();
        var ranking = elected.segment().members();
        // One in three is, by its id, which is made by chance.
        for (var attempt = 0; attempt < 50; attempt++) {
            var peer = new TestPeer(5, vertx, hq, directory.resolve("try" + attempt), ports);
            var members = new ArrayList<>(ranking);
            members.add(new RankingMember(
                    peer.id(), ranking.getFirst().address(), ranking.getFirst().weightClass(), Pin.NONE));
            var inputs = new RankingInputs(1, 1, Ranking.ALGORITHM, members, Map.of());
            if (Ranking.holds(peer.id(), PACKAGE, inputs, Optional.of(elected.id()), 2)) {
                return peer;
            }
            peer.close();
        }
        throw new AssertionError("none of fifty new peers would be a holder");
    }

    private Set<UUID> whole() {
        return peers.stream()
                .filter(peer -> peer.agent.swarm().whole().contains(PACKAGE))
                .map(TestPeer::id)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldElectAndConnectAnotherUplinkWithinFiveSecondsOfAKill() {
        // Given
        serving();
        await().atMost(SOON)
                .until(() ->
                        !hq.heard(TopicCatalog.UP_TOPOLOGY, PeerElected.class).isEmpty());
        var dead = uplinks().getFirst();
        var term = term(dead);

        // When
        dead.kill();
        peers.remove(dead);

        // Then HQ hears of the successor, and what it says arrives through it
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> hq.heard(TopicCatalog.UP_TOPOLOGY, PeerElected.class).stream()
                        .anyMatch(elected ->
                                elected.term() > term && !elected.peerId().equals(dead.id())));
        await().atMost(SOON)
                .until(() -> hq.heard(TopicCatalog.UP_TOPOLOGY, PeerLeft.class).stream()
                        .anyMatch(left -> left.peerId().equals(dead.id())));
        hq.say(hq.policy());
        await().atMost(SOON)
                .until(() -> peers.stream()
                        .allMatch(peer -> peer.agent
                                        .parts()
                                        .snapshots()
                                        .policy()
                                        .policies()
                                        .size()
                                == 1));
    }

    @Test
    void shouldRefuseAndReportRecordsThatNobodySigned() {
        // Given
        serving();
        var good = hq.sign(hq.site("Paris", SiteKind.VPN));
        var unsigned = Envelope.of("1", "/test", good.envelope().time(), hq.site("Lyon", SiteKind.NEVER));

        // When an altered and an unsigned record come from HQ, and a forged one from a neighbour
        hq.write(new SignedRecord(good.topic(), UUID.randomUUID().toString(), good.envelope()));
        hq.write(new SignedRecord(good.topic(), TestHq.SITE.toString(), unsigned));
        peers.getFirst()
                .segment()
                .broadcast(new MeshMessage.RecordsShared(
                        "forged", List.of(new SignedRecord(good.topic(), "x", good.envelope())), null));

        // Then nobody acts on them, and HQ hears of each
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentRejected.class))
                        .extracting(ContentRejected::reason)
                        .anyMatch(reason -> reason.contains("it was altered"))
                        .anyMatch(reason -> reason.contains("not signed")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentRejected.class))
                        .extracting(ContentRejected::source)
                        .anyMatch(source -> source.startsWith("peer ")));
        assertThat(peers).allMatch(TestPeer::isServing);
    }

    @Test
    void shouldRefuseAndReportACorruptChunkAndFinishWhenItIsGoodAgain() {
        // Given a file that HQ damages
        serving();
        var built = hq.build(2, 300_000);
        hq.corrupt = hq.anyFile();

        // When
        hq.enable(built, 0);

        // Then it is reported and nobody is a holder
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentRejected.class))
                        .extracting(ContentRejected::what)
                        .contains("chunk"));
        assertThat(peers).allMatch(peer -> holders(peer) == 0);

        // When HQ is whole again
        hq.corrupt = null;

        // Then
        await().atMost(SOON).until(() -> peers.stream().allMatch(peer -> holders(peer) == 3));
    }

    @Test
    void shouldLiveThroughHostileMessages() {
        // Given
        serving();
        var hostile = peers.getFirst();

        // When
        hostile.segment().broadcast(new MeshMessage.HoldingsTold(PACKAGE, "x", new byte[100_000]));
        hostile.segment().broadcast(new MeshMessage.ViewAnswered(Long.MAX_VALUE));
        hostile.segment()
                .broadcast(new MeshMessage.DirectoryPublished(Long.MAX_VALUE, 1, null, UUID.randomUUID(), List.of()));
        assertThat(MeshCodec.decode(new byte[] {1, 2, 3})).isEmpty();

        // Then the segment still works
        hq.deploy(1, 300_000);
        await().atMost(SOON).until(() -> peers.stream().allMatch(peer -> holders(peer) == 3));
    }

    @Test
    void shouldKeepEventsUntilHqHasThem() {
        // Given a peer whose uplink dies
        serving();
        var dead = uplinks().getFirst();
        dead.kill();
        peers.remove(dead);
        var boot = new BootRef(
                UUID.randomUUID(),
                TestHq.SITE,
                peers.getFirst().segment().segmentId(),
                peers.getFirst().id(),
                "52:54:00:00:00:01",
                1);

        // When
        peers.getFirst().agent.parts().outbox().publish(new BootFailed(boot, "no-check-in", "nobody came"));

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_BOOT, BootFailed.class))
                        .extracting(BootFailed::boot)
                        .contains(boot));
        await().atMost(SOON).until(() -> peers.getFirst().agent.parts().outbox().waiting() == 0);
    }

    private void serving() {
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(peers)
                        .allSatisfy(peer -> assertThat(peer.isServing()
                                        && peer.segment().members().size() == 3)
                                .as(
                                        "%s with %s",
                                        peer.segment().status(),
                                        peer.agent.parts().snapshots().told())
                                .isTrue()));
        assertThat(uplinks()).hasSize(1);
    }

    private List<TestPeer> uplinks() {
        return peers.stream().filter(peer -> peer.segment().isUplink()).toList();
    }

    private static long term(TestPeer peer) {
        return peer.segment().status().term();
    }

    private static int holders(TestPeer peer) {
        return (int) peer.segment().status().members().stream()
                .filter(member -> member.holdings().contains(PACKAGE))
                .count();
    }
}
