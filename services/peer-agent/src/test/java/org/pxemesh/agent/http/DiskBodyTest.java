package org.pxemesh.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.FileServed;
import org.pxemesh.events.PackageKind;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.LoaderKind;

/** The disk of a machine that boots by shim and GRUB, over a real connection. */
class DiskBodyTest {

    @TempDir
    private Path tree;

    private final byte[] kernel = new byte[300_000];
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private DeskFixture fixture;
    private BootSession boot;
    private int port;

    @BeforeEach
    void start() throws IOException, InterruptedException, ExecutionException {
        new Random(3).nextBytes(kernel);
        Files.createDirectories(tree.resolve("amd64"));
        Files.writeString(tree.resolve("amd64/bootnetx64.efi"), "this is shim");
        Files.writeString(tree.resolve("amd64/grubx64.efi"), "this is GRUB");
        fixture = DeskFixture.over(tree, kernel, "127.0.0.1", "127.0.0.1");
        boot = fixture.desk().sessions().discovered("52:54:00:00:00:01", 1, plan(LoaderKind.SHIM_GRUB), false, 0);
        port = vertx.createHttpServer(BootHttp.options())
                .requestHandler(new BootHttp(
                        fixture.desk(),
                        new PeerContent(fixture.store(), fixture.desk().segment()),
                        fixture.metrics()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    private static BootPlan plan(LoaderKind loader) {
        return new BootPlan(
                new UUID(0, 1),
                null,
                "debian@12",
                PackageKind.LINUX_NETBOOT,
                false,
                ClientArchitecture.X64_UEFI,
                loader,
                "amd64/bootnetx64.efi",
                List.of("amd64/grubx64.efi"),
                "amd64/linux",
                "amd64/initrd.gz",
                List.of("console=ttyS0"),
                Set.of("amd64/bootnetx64.efi", "amd64/grubx64.efi", "amd64/linux", "amd64/initrd.gz"));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @Test
    void shouldSendADiskWithAllThatBoots() throws Exception {
        // When
        byte[] disk = get(boot).body();

        // Then
        assertThat(disk).hasSizeGreaterThan(kernel.length);
        assertThat(at(disk, kernel)).isPositive();
        for (String text : List.of("this is shim", "this is GRUB", "linux /amd64/linux", "console=ttyS0")) {
            assertThat(at(disk, text.getBytes(StandardCharsets.UTF_8))).as(text).isPositive();
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(fixture.events(BootDelivered.class)).hasSize(1));
        assertThat(fixture.events(FileServed.class))
                .extracting(FileServed::path)
                .containsExactly("boot.img");
    }

    @Test
    void Q43_shouldTellItsLengthAndTypeBeforeAndResumeIt() throws Exception {
        // Given
        byte[] disk = get(boot).body();

        // When
        HttpResponse<byte[]> head =
                client.send(HttpRequest.newBuilder(uri(boot)).HEAD().build(), HttpResponse.BodyHandlers.ofByteArray());

        // Then
        assertThat(head.headers().firstValue("Content-Length")).contains(Integer.toString(disk.length));
        assertThat(head.headers().firstValue("Content-Type")).contains("application/vnd.efi-img");
        String tag = head.headers().firstValue("ETag").orElseThrow();
        int kernelAt = at(disk, kernel);
        for (int from : new int[] {0, 511, kernelAt - 1, kernelAt, kernelAt + 200_000, disk.length - 1}) {
            HttpResponse<byte[]> rest = get(boot, "Range", "bytes=" + from + "-", "If-Match", tag);
            assertThat(rest.statusCode()).isEqualTo(206);
            assertThat(rest.body()).as("from " + from).isEqualTo(Arrays.copyOfRange(disk, from, disk.length));
        }
        assertThat(get(boot, "Range", "bytes=" + disk.length + "-").statusCode())
                .isEqualTo(416);
    }

    @Test
    void shouldSendItToMachinesWhosePlanIsIpxeToo() throws Exception {
        BootSession ipxe =
                fixture.desk().sessions().discovered("52:54:00:00:00:02", 1, plan(LoaderKind.IPXE), false, 0);

        assertThat(at(get(ipxe).body(), "this is GRUB".getBytes(StandardCharsets.UTF_8)))
                .isPositive();
    }

    @Test
    void shouldHaveNoneForAPlanThatBootsOtherwise() throws Exception {
        BootSession other =
                fixture.desk().sessions().discovered("52:54:00:00:00:02", 1, plan(LoaderKind.PXELINUX), false, 0);

        assertThat(get(other).statusCode()).isEqualTo(404);
    }

    private HttpResponse<byte[]> get(BootSession of, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(of));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(BootSession of) {
        return URI.create("http://127.0.0.1:" + port + "/boot/" + of.token() + "/boot.img");
    }

    private static int at(byte[] whole, byte[] part) {
        for (int from = 0; from <= whole.length - part.length; from++) {
            if (Arrays.equals(whole, from, from + part.length, part, 0, part.length)) {
                return from;
            }
        }
        return -1;
    }
}
