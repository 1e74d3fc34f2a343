package org.pxemesh.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.pxemesh.agent.site.TestHq.PACKAGE;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.events.ContentNotKept;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.TopicCatalog;

/** An agent whose content has a real file system of 6 MB, which runs full in the middle; needs root for the mount. */
class FullDiskAgentLabIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIZE = 4_000_000;

    /** What the death of an uplink may cost is what the WAN client has been asked for. */
    private static final long ON_ITS_WAY = 2 * 512 * 1024;

    @TempDir
    Path directory;

    private Path disk;
    private Vertx vertx;
    private TestHq hq;
    private TestPeer peer;

    @BeforeEach
    void startOnASmallDisk() throws Exception {
        disk = Files.createDirectories(directory.resolve("peer02").resolve("content"));
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
        vertx = Vertx.vertx();
        hq = new TestHq(vertx, directory.resolve("kafka"));
        peer = new TestPeer(2, vertx, hq, directory, FreePorts.find(2, 2));
        peer.start();
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        hq.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
        run("umount", disk.toString());
    }

    @Test
    void shouldPauseWhileTheDiskIsFullAndFinishWhenItIsNot() throws Exception {
        // Given a package of which a part is here, and more on its way
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        await().atMost(SOON).until(peer::isServing);
        hq.holdAfter(SIZE / 4);
        var image = new byte[SIZE];
        new Random(5).nextBytes(image);
        hq.enable(hq.build("12", List.of(image)), 0);
        await().atMost(SOON)
                .until(() -> hq.holdsBack() && peer.agent.parts().store().adoptedBytes() > SIZE / 10);

        // When somebody else fills the disk
        var filler = disk.resolve("filler");
        assertThatThrownBy(() -> Files.write(filler, new byte[2 * SIZE])).isInstanceOf(IOException.class);
        hq.goOn();

        // Then the peer says so, and asks for nothing that it cannot store
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hq.heard(TopicCatalog.UP_DISTRIBUTION, ContentNotKept.class))
                        .isNotEmpty());
        var served = hq.bytesServed.get();
        assertThat(served).isLessThan(SIZE);
        assertThat(peer.agent.swarm().problems()).singleElement().asString().contains("debian@12 is not kept here");

        // When there is space again
        Files.delete(filler);

        // Then it goes on with what it has
        await().atMost(Duration.ofSeconds(90))
                .until(() -> peer.agent.swarm().whole().contains(PACKAGE));
        assertThat(peer.agent.swarm().problems()).isEmpty();
        // what was on its way when the disk was full is all that came twice
        assertThat(hq.bytesServed.get()).isLessThan(SIZE + ON_ITS_WAY);
        var file = peer.agent
                .parts()
                .store()
                .manifest(PACKAGE)
                .orElseThrow()
                .files()
                .getFirst();
        assertThat(peer.agent
                        .parts()
                        .store()
                        .complete(file.sha256())
                        .orElseThrow()
                        .path())
                .hasBinaryContent(image);
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
