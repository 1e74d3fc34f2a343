package org.pxemesh.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.FileServed;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.policy.BootClient;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.Decider;

class BootHttpTest {

    private static final String MAC = "52:54:00:00:00:01";

    @TempDir
    private Path tree;

    private final byte[] kernel = new byte[100_000];
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private DeskFixture fixture;
    private BootSession boot;
    private int port;

    @BeforeEach
    void start() throws IOException, InterruptedException, ExecutionException {
        new Random(3).nextBytes(kernel);
        fixture = DeskFixture.over(tree, kernel, "127.0.0.1", "127.0.0.1");
        HttpServer server = vertx.createHttpServer(BootHttp.options())
                .requestHandler(new BootHttp(
                        fixture.desk(),
                        new PeerContent(fixture.store(), fixture.desk().segment()),
                        fixture.metrics()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        port = server.actualPort();
        var segment = fixture.desk().segment();
        BootPlan plan = (BootPlan) Decider.decide(
                new BootClient(MAC, null, ClientArchitecture.X64_UEFI),
                segment.snapshot(),
                segment.held(),
                segment.view());
        boot = fixture.desk().sessions().discovered(MAC, 1, plan, false, 0);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @Test
    void shouldServeABootsFilesAndTellOfThem() throws Exception {
        HttpResponse<byte[]> kernelAnswer = get("/boot/" + boot.bootId() + "/amd64/linux");
        get("/boot/" + boot.bootId() + "/amd64/initrd.gz");

        assertThat(kernelAnswer.statusCode()).isEqualTo(200);
        assertThat(kernelAnswer.body()).isEqualTo(kernel);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(fixture.events(BootDelivered.class)).hasSize(1));
        assertThat(fixture.events(FileServed.class))
                .extracting(FileServed::path)
                .containsExactly("amd64/linux", "amd64/initrd.gz");
    }

    @Test
    void shouldMakeAScriptForIpxe() throws Exception {
        String script = new String(get("/boot/" + boot.bootId() + "/boot.ipxe").body(), StandardCharsets.UTF_8);

        assertThat(script)
                .startsWith("#!ipxe")
                .contains("set base http://127.0.0.1:8069/boot/" + boot.token() + "\n")
                .contains("${base}/amd64/linux")
                .contains("url=http://127.0.0.1:8069/checkin/" + boot.token() + "/preseed.cfg");
    }

    @Test
    void Q43_shouldAnswerHeadWithLengthTypeAndTag() throws Exception {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(uri("/boot/" + boot.bootId() + "/snponly.efi"))
                        .HEAD()
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Length")).contains("4");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/efi");
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void Q43_shouldResumeByRange() throws Exception {
        HttpResponse<byte[]> answer = get("/boot/" + boot.bootId() + "/amd64/linux", "Range", "bytes=10-19");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(kernel, 10, 20));
        assertThat(fixture.events(FileServed.class)).isEmpty();
    }

    @Test
    void Q43_shouldHoldAResumedDownloadAgainstItsTag() throws Exception {
        String path = "/boot/" + boot.token() + "/amd64/linux";
        String tag = get(path).headers().firstValue("ETag").orElseThrow();

        assertThat(get(path, "Range", "bytes=99990-", "If-Match", tag).body())
                .isEqualTo(Arrays.copyOfRange(kernel, 99_990, 100_000));
        assertThat(get(path, "Range", "bytes=99990-", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
        assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get(path, "Range", "bytes=0-1", "If-Range", "\"other\"").body())
                .isEqualTo(kernel);
        assertThat(get(path, "Range", "bytes=100000-").statusCode()).isEqualTo(416);
    }

    @Test
    void shouldAnswerAtTheServersRootByTheClientsAddress() throws Exception {
        fixture.desk().sessions().learn(MAC, Ipv4Address.parse("127.0.0.1"));

        assertThat(get("/amd64/linux").body()).isEqualTo(kernel);
        assertThat(get("/AMD64/Initrd.gz").statusCode()).isEqualTo(200);
        assertThat(get("/boot/boot.sdi").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldGoOnWithABootThatANeighbourBegan() throws Exception {
        UUID theirs = new UUID(0, 42);
        String mac = "52:54:00:00:00:09";
        fixture.desk().sessions().saw(mac, ClientArchitecture.X64_UEFI);
        fixture.desk().sessions().heardOf(mac, theirs, 3, 0);
        assertThat(get("/boot/" + theirs + "/amd64/linux").statusCode()).isEqualTo(404);

        fixture.desk().sessions().learn(mac, Ipv4Address.parse("127.0.0.1"));

        assertThat(get("/boot/" + theirs + "/amd64/linux").body()).isEqualTo(kernel);
        assertThat(get("/boot/" + theirs + "/amd64/initrd.gz").statusCode()).isEqualTo(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(fixture.events(BootDelivered.class))
                        .extracting(event -> event.boot().bootId())
                        .containsExactly(theirs));
    }

    @Test
    void shouldCompleteTheBootOfASystemThatNamesNone() throws Exception {
        assertThat(get("/checkin").statusCode()).isEqualTo(404);
        fixture.desk().sessions().learn(MAC, Ipv4Address.parse("127.0.0.1"));

        assertThat(get("/checkin", "User-Agent", "curl/8").statusCode()).isEqualTo(200);
        assertThat(fixture.events(BootCompleted.class)).singleElement().satisfies(event -> {
            assertThat(event.boot().bootId()).isEqualTo(boot.bootId());
            assertThat(event.evidence().userAgent()).isEqualTo("curl/8");
        });
    }

    @Test
    void shouldSendAMachineThatWaitsToItsScriptOnceThereIsSomethingToBoot() throws Exception {
        assertThat(text("/wait/bios/60/boot.ipxe")).contains("No peer knows this machine", "exit 1");
        fixture.desk().sessions().learn("52:54:00:00:00:07", Ipv4Address.parse("127.0.0.1"));

        assertThat(text("/wait/x64-uefi/60/boot.ipxe"))
                .startsWith("#!ipxe\nchain --replace --timeout 15000 http://127.0.0.1:8069/boot/")
                .endsWith("/boot.ipxe ||\nexit 1\n");
        assertThat(get("/wait/x64-uefi/boot.ipxe").statusCode()).isEqualTo(404);
        assertThat(get("/wait/x64-uefi/6000/boot.ipxe").statusCode()).isEqualTo(404);
    }

    private String text(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldCompleteABootByItsSystemsOwnRequestOnce() throws Exception {
        HttpResponse<byte[]> answer =
                get("/checkin/" + boot.bootId() + "/preseed.cfg", "User-Agent", "debian-installer");
        get("/checkin/" + boot.bootId() + "/preseed.cfg");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("#_preseed_V1");
        assertThat(fixture.events(BootCompleted.class)).singleElement().satisfies(event -> {
            assertThat(event.evidence().userAgent()).isEqualTo("debian-installer");
            assertThat(event.evidence().remoteAddress()).isEqualTo("127.0.0.1");
            assertThat(event.evidence().path()).isEqualTo("/checkin/" + boot.bootId() + "/preseed.cfg");
        });
    }

    @Test
    void shouldNotCompleteABootThatItDoesNotKnow() throws Exception {
        assertThat(get("/checkin/" + UUID.randomUUID() + "/preseed.cfg").statusCode())
                .isEqualTo(404);
        assertThat(get("/checkin/nonsense/x").statusCode()).isEqualTo(404);
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void shouldServeVerifiedContentToPeers() throws Exception {
        Manifest manifest = fixture.store().manifest("debian@12").orElseThrow();
        Sha256 digest = Sha256.of(manifest.toBytes());

        assertThat(get("/content/manifests/" + digest).body()).isEqualTo(manifest.toBytes());
        assertThat(get("/content/files/" + Sha256.of(kernel)).body()).isEqualTo(kernel);
        assertThat(get("/content/files/" + Sha256.of(new byte[1])).statusCode()).isEqualTo(404);
        assertThat(get("/content/files/../x").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseWhatIsOutsideOfThePlan() throws Exception {
        for (String path : new String[] {
            "/",
            "/boot",
            "/boot/" + boot.bootId() + "/",
            "/boot/" + boot.bootId() + "/..%2f..%2fetc/passwd",
            "/boot/" + boot.bootId() + "/%zz",
            "/boot/" + UUID.randomUUID() + "/amd64/linux"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return path.contains("%zz")
                ? URI.create("http://127.0.0.1:" + port + path.replace("%zz", "%25zz"))
                : URI.create("http://127.0.0.1:" + port + path);
    }
}
