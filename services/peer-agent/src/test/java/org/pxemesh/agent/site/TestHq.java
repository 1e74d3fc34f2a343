package org.pxemesh.agent.site;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.events.WanLimits;
import org.pxemesh.kafka.EmbeddedKafka;
import org.pxemesh.policy.Collected;

/** HQ as agents see it: a real broker with signed records in it, and content over HTTP. */
final class TestHq implements AutoCloseable {
    static final UUID SITE = UUID.fromString("0190a000-0000-7000-8000-000000000001");
    static final String PACKAGE = "debian@12";
    private static final UUID INSTALL = UUID.fromString("0190a000-0000-7000-8000-000000000002");

    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "file0", List.of(), "file0", "file0", List.of(), false)));

    private final EmbeddedKafka kafka;
    private final String address;
    private final String network;
    private final KeyPair keys;
    private final EventSigner signer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final HttpServer http;
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    final AtomicLong bytesServed = new AtomicLong();
    volatile @Nullable String corrupt;
    private final Queue<Runnable> heldBack = new ConcurrentLinkedQueue<>();
    private volatile long holdsAfter = Long.MAX_VALUE;

    /** 0 = as fast as it goes. */
    volatile long bytesPerSecond;

    private long lineFree;
    private long revision;

    TestHq(Vertx vertx, Path directory) throws Exception {
        this(vertx, EmbeddedKafka.start(directory), "127.0.0.1", "127.0.0.0/8");
    }

    /**
     * @param address of the content server
     * @param network of the site
     */
    TestHq(Vertx vertx, EmbeddedKafka broker, String address, String network) throws Exception {
        kafka = broker;
        this.address = address;
        this.network = network;
        keys = newKeys();
        signer = new EventSigner(keys);
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(TopicCatalog.all().stream()
                            .map(topic -> new NewTopic(
                                    topic.name(), topic.bySite() ? TopicCatalog.EMBEDDED_PARTITIONS : 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        http = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, address)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    String kafka() {
        return kafka.bootstrapServers();
    }

    String trustKeys() {
        return TrustedKeys.format(keys.getPublic());
    }

    void say(Event event) {
        write(sign(event));
    }

    SignedRecord sign(Event event) {
        return signer.sign(
                TopicCatalog.of(event).name(),
                TopicCatalog.keyOf(event),
                Envelope.of(UUID.randomUUID().toString(), "/test", Instant.now(), event));
    }

    /** What status-service derives of a site's segments. */
    void derive(Event event) {
        write(new SignedRecord(
                TopicCatalog.TOPOLOGY.name(),
                TopicCatalog.keyOf(event),
                Envelope.of(UUID.randomUUID().toString(), "/status-service", Instant.now(), event)));
    }

    /** Writes a record as it is, good or bad. */
    void write(SignedRecord record) {
        try {
            producer.send(new ProducerRecord<>(
                            record.topic(),
                            TopicCatalog.named(record.topic()).bySite()
                                    ? TopicCatalog.partition(SITE, TopicCatalog.EMBEDDED_PARTITIONS)
                                    : 0,
                            record.key().getBytes(StandardCharsets.UTF_8),
                            record.envelope().data(),
                            record.envelope().headers().entrySet().stream()
                                    .<Header>map(header -> new RecordHeader(header.getKey(), header.getValue()))
                                    .toList()))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    void renewEpoch() {
        var now = Instant.now();
        say(new EpochRenewed(++revision, now, now.plus(Duration.ofDays(30))));
    }

    void site(SiteKind kind) {
        say(site("Paris", kind));
    }

    SiteChanged site(String name, SiteKind kind) {
        return new SiteChanged(new SiteState(SITE, ++revision, name, kind, List.of(network), WanLimits.NONE));
    }

    PolicyEnabled policy() {
        return policy(0);
    }

    /** A policy for all peers, of which so many per segment hold what is deployed (0: all). */
    PolicyEnabled policy(int holdersPerSegment) {
        return new PolicyEnabled(new PolicyState(
                UUID.randomUUID(),
                ++revision,
                "all",
                true,
                PolicyMode.ANSWER,
                List.of(Collected.ALL_COMPUTERS),
                UnknownComputers.BOOT,
                new Holding(HoldKind.DEPLOYED, List.of(), holdersPerSegment)));
    }

    /** Builds a package of random files, deploys it for unknown computers and enables a policy for all peers. */
    long deploy(int files, int bytesEach) {
        var built = build(files, bytesEach);
        enable(built, 0);
        return built.bytes();
    }

    PackageState build(int files, int bytesEach) {
        List<byte[]> contents = new ArrayList<>();
        var random = new Random(42);
        for (var n = 0; n < files; n++) {
            var bytes = new byte[bytesEach];
            random.nextBytes(bytes);
            contents.add(bytes);
        }
        return build("12", contents);
    }

    /** A version of the package with these files. */
    PackageState build(String version, List<byte[]> contents) {
        List<ManifestFile> listed = new ArrayList<>();
        for (var n = 0; n < contents.size(); n++) {
            var bytes = contents.get(n);
            var chunker = new Chunker();
            chunker.update(bytes, 0, bytes.length);
            var file = chunker.finish("file" + n);
            listed.add(file);
            content.put("/content/files/" + file.sha256(), bytes);
        }
        var manifest = new Manifest(new PackageId("debian", version), listed, BOOT);
        var bytes = manifest.toBytes();
        var digest = Sha256.of(bytes).hex();
        content.put("/content/manifests/" + digest, bytes);
        return new PackageState(
                "debian",
                version,
                1,
                digest,
                "http://" + address + ":" + http.actualPort() + "/content/manifests/" + digest,
                manifest.totalSize(),
                listed.size(),
                BOOT,
                Instant.now());
    }

    /** The deployment of all unknown computers is of this package from now on. */
    void enable(PackageState built, int holdersPerSegment) {
        say(new PackageBuilt(built));
        say(new DeploymentChanged(new DeploymentState(
                INSTALL, ++revision, "install", built.ref(), null, true, DeploymentKind.REQUIRED, List.of())));
        say(policy(holdersPerSegment));
    }

    /** All events of a type that went up so far. */
    <E extends Event> List<E> heard(Topic topic, Class<E> type) {
        List<E> events = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    Map<String, byte[]> headers = new HashMap<>();
                    record.headers().forEach(header -> headers.put(header.key(), header.value()));
                    var event = Envelope.of(headers, record.value()).event();
                    if (type.isInstance(event)) {
                        events.add(type.cast(event));
                    }
                }
            }
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
        return events;
    }

    private void serve(HttpServerRequest request) {
        var bytes = content.get(request.path());
        if (bytes == null) {
            request.response().setStatusCode(404).end();
            return;
        }
        var range = Optional.ofNullable(request.getHeader("Range"));
        if (request.method() == HttpMethod.HEAD) {
            request.response()
                    .putHeader("Content-Length", Integer.toString(bytes.length))
                    .end();
            return;
        }
        if (range.isEmpty()) {
            request.response().end(Buffer.buffer(bytes));
            return;
        }
        var bounds = range.get().substring("bytes=".length()).split("-", -1);
        var from = Integer.parseInt(bounds[0]);
        var to = Integer.parseInt(bounds[1]) + 1;
        var isFile = request.path().contains("/files/");
        var served = isFile ? bytesServed.addAndGet(to - from) : 0;
        var part = Buffer.buffer(to - from).appendBytes(bytes, from, to - from);
        if (request.path().equals(corrupt)) {
            part.setByte(0, (byte) ~part.getByte(0));
        }
        Runnable answer = () -> request.response().setStatusCode(206).end(part);
        if (served > holdsAfter) {
            var loop = Vertx.currentContext();
            heldBack.add(() -> loop.runOnContext(go -> answer.run()));
        } else {
            paced(to - from, answer);
        }
    }

    /** The line's rate: one answer after the other. */
    private synchronized void paced(int length, Runnable answer) {
        var rate = bytesPerSecond;
        if (rate == 0) {
            answer.run();
            return;
        }
        var now = System.nanoTime();
        lineFree = Math.max(lineFree, now) + length * 1_000_000_000L / rate;
        Vertx.currentContext().owner().setTimer(1 + (lineFree - now) / 1_000_000, due -> answer.run());
    }

    /** After so many bytes of files HQ lets its askers wait. */
    void holdAfter(long bytes) {
        holdsAfter = bytes;
    }

    boolean holdsBack() {
        return !heldBack.isEmpty();
    }

    /** Who waits gets its answer, and nobody has to wait any more. */
    void goOn() {
        holdsAfter = Long.MAX_VALUE;
        for (var answer = heldBack.poll(); answer != null; answer = heldBack.poll()) {
            answer.run();
        }
    }

    /** Hex. */
    String digestOfFile0() {
        return anyFile().substring("/content/files/".length());
    }

    String anyFile() {
        return content.keySet().stream()
                .filter(path -> path.contains("/files/"))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        producer.close(Duration.ZERO);
        http.close();
        kafka.close();
    }
}
