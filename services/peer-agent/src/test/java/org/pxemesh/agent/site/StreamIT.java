package org.pxemesh.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.SlowTftp;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.SiteKind;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/** A machine boots from an agent whose content is still on its way from HQ. */
class StreamIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIZE = 8_000_000;

    @TempDir
    Path directory;

    private Vertx vertx;
    private TestHq hq;
    private TestPeer peer;
    private int xid;

    @BeforeEach
    void startHqAndOnePeer() throws Exception {
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        peer = new TestPeer(2, vertx, hq, directory, FreePorts.find(2, 2));
        peer.start();
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        await().atMost(SOON).until(() -> peer.isServing() && peer.segment().isUplink());
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void shouldBootMachinesWhileTheContentArrives() throws Exception {
        // Given a line that brings the package in twenty seconds
        hq.bytesPerSecond = SIZE / 20;
        hq.deploy(1, SIZE);

        // When a machine asks until it is answered
        var offer = answered();

        // Then less than half of it is here
        assertThat(hq.bytesServed.get()).isBetween(1L, SIZE / 2L);
        assertThat(offer.siaddr()).hasToString(peer.address());

        // and the machine has all of it in the end, over TFTP and over HTTP
        var overHttp = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(file()).build(), HttpResponse.BodyHandlers.ofByteArray());
        var stored = peer.agent
                .parts()
                .store()
                .partial(new Sha256(hq.digestOfFile0()))
                .orElseThrow();
        var verified = new AtomicBoolean(true);
        var fetched = SlowTftp.fetch(peer.edges().tftp(), "file0", bytes -> {
            verified.compareAndSet(true, stored.holds(0, bytes));
        });
        assertThat(fetched.error()).isEmpty();
        assertThat(Sha256.of(fetched.bytes()).hex()).isEqualTo(hq.digestOfFile0());
        assertThat(verified).as("all that was sent had been verified").isTrue();
        var answer = overHttp.get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Sha256.of(answer.body()).hex()).isEqualTo(hq.digestOfFile0());
        assertThat(peer.edges().streams("begun")).isEqualTo(2);
        assertThat(peer.edges().streams("starved")).isZero();
        assertThat(hq.bytesServed.get()).isLessThanOrEqualTo(SIZE * 102L / 100);
    }

    @Test
    void shouldLetNobodyBeginWhileTheLineIsTooSlow() throws Exception {
        // Given a line that brings the longest chunk in half a minute
        hq.bytesPerSecond = 16_000;
        hq.deploy(1, SIZE);
        await().atMost(SOON).until(() -> held() > 0);

        // When
        peer.edges().hears(mac(), 0, ++xid);

        // Then there is no offer, and HQ hears why
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(peer.edges().answer()).isEmpty();
            assertThat(peer.edges().events(BootIgnored.class))
                    .singleElement()
                    .satisfies(told -> assertThat(told.reasons()).containsExactly("PACKAGE_ARRIVING"));
        });

        // and whoever asks for the file all the same is told to come back
        var fetched = SlowTftp.fetch(peer.edges().tftp(), "file0", bytes -> {});
        assertThat(fetched.bytes()).isEmpty();
        assertThat(fetched.error()).contains("still arriving");
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(file()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("still arriving");
        assertThat(peer.edges().streams("refused")).isEqualTo(2);
    }

    @Test
    void shouldEndATransferWithWordsWhenTheLineBreaks() throws Exception {
        // Given machines that read what arrives
        hq.bytesPerSecond = SIZE / 20;
        hq.deploy(1, SIZE);
        answered();
        var overHttp = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(file()).build(), HttpResponse.BodyHandlers.ofByteArray());

        // When nothing comes any more
        hq.bytesPerSecond = 1;
        var fetched = SlowTftp.fetch(peer.edges().tftp(), "file0", bytes -> {});

        // Then both hear of it, and HQ too
        assertThat(fetched.error()).contains("does not arrive in time");
        assertThat(fetched.bytes().length).isBetween(1, SIZE - 1);
        assertThatThrownBy(overHttp::get).hasCauseInstanceOf(IOException.class);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(peer.edges().events(BootFailed.class))
                        .extracting(BootFailed::reason)
                        .containsExactly("content-starved", "content-starved"));
        assertThat(peer.edges().streams("starved")).isEqualTo(2);
    }

    private DhcpPacket answered() {
        var offer = new AtomicReference<DhcpPacket>();
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            peer.edges().hears(mac(), 0, ++xid);
            peer.edges().answer().ifPresent(offer::set);
            return offer.get() != null;
        });
        peer.edges().desk().sessions().learn(mac(), Ipv4Address.parse("127.0.0.1"));
        return Objects.requireNonNull(offer.get());
    }

    private String mac() {
        return "52:54:00:00:00:01";
    }

    private long held() {
        return peer.agent.swarm().held().stream()
                .mapToLong(HeldPackage::bytesHeld)
                .sum();
    }

    private URI file() {
        return URI.create("http://" + peer.address() + ":" + peer.httpPort() + "/files/file0");
    }
}
