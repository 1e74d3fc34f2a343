package org.pxemesh.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pxemesh.agent.site.TestHq.PACKAGE;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.SlowTftp;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.SiteKind;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.OptionCode;

/** A branch in which not everybody holds the package, and a machine that asks somebody who does not. */
class HoldersIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MAC = "52:54:00:00:00:01";

    @TempDir
    Path directory;

    private final List<TestPeer> peers = new ArrayList<>();
    private Vertx vertx;
    private TestHq hq;

    @BeforeEach
    void startHqAndThreePeersOfWhichTwoHold() throws Exception {
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        var ports = FreePorts.find(2, 4);
        for (var n = 2; n <= 4; n++) {
            peers.add(new TestPeer(n, vertx, hq, directory, ports));
        }
        peers.forEach(TestPeer::start);
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        // A peer that is alone when it hears of the package begins to hold it: everybody knows everybody first.
        await().atMost(SOON)
                .until(() ->
                        peers.stream().allMatch(peer -> peer.segment().members().size() == 3));
        hq.enable(hq.build(1, 300_000), 2);
        await().atMost(SOON)
                .until(() -> peers.stream()
                        .allMatch(peer ->
                                peer.isServing() && peer.segment().members().size() == 3 && holders(peer) == 2));
    }

    @AfterEach
    void stop() throws Exception {
        peers.forEach(TestPeer::close);
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldPointAMachineAtAHolderWhenNoHolderHearsIt() throws Exception {
        // Given a peer that has neither the content nor its manifest
        var pointer = peers.stream().filter(peer -> !holds(peer)).findFirst().orElseThrow();
        assertThat(pointer.agent.parts().store().manifest(PACKAGE)).isEmpty();

        // When a BIOS asks, and only that peer hears it
        pointer.edges().hears(MAC, 0, 7);
        var offer = answer(pointer);

        // Then the address of a holder stands where each firmware looks for it
        var holder = peers.stream()
                .filter(peer -> peer.address().equals(offer.siaddr().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(holds(holder)).isTrue();
        assertThat(offer.options().address(OptionCode.SERVER_ID)).contains(offer.siaddr());
        assertThat(offer.fileName()).isEqualTo("file0");
        assertThat(pointer.edges().events(BootOffered.class))
                .singleElement()
                .satisfies(told -> assertThat(told.responder()).isEqualTo(holder.address()));

        // and the holder, told of it, knows the boot by the same id
        pointer.edges().tells(holder.edges());
        var boot = pointer.edges().events(BootOffered.class).getFirst().boot().bootId();
        assertThat(holder.edges().desk().sessions().byId(boot))
                .get()
                .satisfies(session -> assertThat(session.mac()).isEqualTo(MAC));

        // and it serves the file
        var fetched = SlowTftp.fetch(holder.edges().tftp(), "file0", bytes -> {});
        assertThat(fetched.error()).isEmpty();
        assertThat(Sha256.of(fetched.bytes()).hex()).isEqualTo(hq.digestOfFile0());
    }

    private static DhcpPacket answer(TestPeer peer) {
        var answer = new AtomicReference<DhcpPacket>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            peer.edges().answer().ifPresent(answer::set);
            return answer.get() != null;
        });
        return Objects.requireNonNull(answer.get());
    }

    private static boolean holds(TestPeer peer) {
        return peer.agent.swarm().whole().contains(PACKAGE);
    }

    private static int holders(TestPeer peer) {
        return (int) peer.segment().status().members().stream()
                .filter(member -> member.holdings().contains(PACKAGE))
                .count();
    }
}
