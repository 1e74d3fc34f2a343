package org.pxemesh.policyservice.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.events.WanLimits;
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.hq.FencedException;
import org.pxemesh.hq.HqConfig;
import org.pxemesh.hq.rest.ProblemException;
import org.pxemesh.kafka.EmbeddedKafka;
import org.pxemesh.policy.PolicySnapshot;
import org.pxemesh.policyservice.TopicReader;

/** The desk over a real broker: its life across restarts, rivals, poison and compaction. */
class DeskIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SITES = TopicCatalog.DOWN_SITE.name();

    @TempDir
    Path dataDir;

    private EmbeddedKafka kafka;
    private final KeyPair keys = SigningKeys.generate();

    @BeforeEach
    void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(dataDir);
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void shouldRebuildItsStateWhenItStartsAgain() {
        // Given
        UUID paris = UUID.randomUUID();
        UUID lyon = UUID.randomUUID();
        try (Office first = new Office()) {
            first.write(site(paris, 1, "Paris"));
            first.write(site(lyon, 1, "Lyon"));
            first.write(site(paris, 2, "Paris Nord"));
            first.write(new SiteDeleted(lyon, 2));
        }

        // When
        try (Office second = new Office()) {
            // Then
            assertThat(second.snapshot().sites().values())
                    .singleElement()
                    .isEqualTo(
                            new SiteState(paris, 2, "Paris Nord", SiteKind.BRANCH, List.of(), new WanLimits(0, 100)));
        }
    }

    @Test
    void shouldStopWritingWhenANewerInstanceHasTakenOver() {
        try (Office first = new Office()) {
            // Given
            first.write(site(UUID.randomUUID(), 1, "Paris"));

            // When
            try (Office second = new Office()) {
                // Then
                assertThatThrownBy(() -> first.write(site(UUID.randomUUID(), 1, "Lyon")))
                        .isInstanceOf(FencedException.class)
                        .hasMessageContaining("has taken over");
                assertThat(first.desk.trouble()).isEqualTo("a newer instance has taken over");
                second.write(site(UUID.randomUUID(), 1, "Rome"));
                assertThat(second.snapshot().sites().values())
                        .extracting(SiteState::name)
                        .containsExactlyInAnyOrder("Paris", "Rome");
            }
        }
    }

    @Test
    void shouldPutPoisonAsideAndGoOn() {
        try (Office office = new Office()) {
            // Given
            Envelope good = Envelope.of("1", "/test", Instant.EPOCH, site(UUID.randomUUID(), 1, "Forged"));
            SignedRecord forged = new EventSigner(SigningKeys.generate()).sign(SITES, "k1", good);
            SignedRecord elsewhere = new EventSigner(keys).sign("pxemesh.down.policy", "k2", good);

            // When
            send(new ProducerRecord<>(SITES, "k0", "not json".getBytes(StandardCharsets.UTF_8)));
            send(record("k1", forged.envelope()));
            send(record("k2", elsewhere.envelope()));
            send(record("k3", good));
            office.write(site(UUID.randomUUID(), 1, "Paris"));

            // Then
            assertThat(office.snapshot().sites().values())
                    .extracting(SiteState::name)
                    .containsExactly("Paris");
            assertThat(office.desk.trouble()).isNull();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    new TopicReader(kafka.bootstrapServers()).raw(TopicCatalog.DOWN_SITE.deadLetters()))
                            .extracting(DeskIT::reason)
                            .satisfiesExactly(
                                    reason -> assertThat(reason).contains("ce_specversion"),
                                    reason -> assertThat(reason).contains("is signed with key"),
                                    reason -> assertThat(reason).contains("does not fit"),
                                    reason -> assertThat(reason).contains("not signed")));
        }
    }

    @Test
    void shouldJudgeAgainOnWhatAnotherServiceHasJustWritten() {
        try (Office office = new Office()) {
            office.write(site(UUID.randomUUID(), 1, "Paris"));
            for (int n = 0; n < 20; n++) {
                // Given: what the follower cannot have read when the act begins
                UUID id = UUID.randomUUID();
                Envelope unsigned = Envelope.of("a" + n, "/other", Instant.EPOCH, site(id, 1, "Lyon " + n));
                SignedRecord signed = new EventSigner(keys).sign(SITES, id.toString(), unsigned);
                AtomicInteger judgements = new AtomicInteger();

                // When
                String name = office.desk.change(snapshot -> {
                    SiteState site = snapshot.sites().get(id);
                    if (judgements.incrementAndGet() == 1) {
                        assertThat(site).isNull();
                        send(record(id.toString(), signed.envelope()));
                    }
                    if (site == null) {
                        throw ProblemException.invalid("site", "there is none");
                    }
                    return Change.none(site.name());
                });

                // Then
                assertThat(name).isEqualTo("Lyon " + n);
            }
        }
    }

    @Test
    void shouldRefuseWhatNobodyHasWritten() {
        try (Office office = new Office()) {
            AtomicInteger judgements = new AtomicInteger();

            assertThatThrownBy(() -> office.desk.change(snapshot -> {
                        judgements.incrementAndGet();
                        throw ProblemException.invalid("packageRef", "HQ has built no package " + judgements);
                    }))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("HQ has built no package 2");
        }
    }

    @Test
    void shouldRebuildFromWhatCompactionLeaves() throws Exception {
        // Given
        UUID paris = UUID.randomUUID();
        try (Office first = new Office()) {
            compactEagerly(SITES);
            first.write(site(UUID.randomUUID(), 1, "Lyon"));
            for (int revision = 1; revision <= 50; revision++) {
                first.write(site(paris, revision, "Paris " + revision));
            }
            // The cleaner leaves the open segment alone: others are written until it has done its work.
            int[] extra = {0};
            Awaitility.await().atMost(PATIENCE).until(() -> {
                first.write(site(UUID.randomUUID(), 1, "Filler " + extra[0]++));
                return records(paris) < 10;
            });
        }
        int left = records(paris);

        // When
        try (Office second = new Office()) {
            // Then
            assertThat(left).isBetween(1, 9);
            assertThat(second.snapshot().sites().get(paris)).satisfies(site -> {
                assertThat(site.revision()).isEqualTo(50);
                assertThat(site.name()).isEqualTo("Paris 50");
            });
            assertThat(second.snapshot().sites().values())
                    .extracting(SiteState::name)
                    .contains("Lyon", "Filler 0");
        }
    }

    @Test
    void shouldBuryWhatWasDeletedLongAgoAndNothingThatLives() {
        // Given
        UUID gone = UUID.randomUUID();
        UUID moved = UUID.randomUUID();
        try (Office office = new Office()) {
            office.write(site(gone, 1, "Paris"));
            office.write(new SiteDeleted(gone, 2));
            office.write(new ComputerDeleted(moved, 2, null));
            office.write(computer(moved, 3));

            // When
            office.desk.bury(Duration.ofDays(30), Instant.now());
            assertThat(tombstones(SITES)).isEmpty();
            office.desk.bury(Duration.ofDays(30), Instant.now().plus(Duration.ofDays(31)));
            office.desk.bury(Duration.ofDays(30), Instant.now().plus(Duration.ofDays(31)));

            // Then
            assertThat(tombstones(SITES)).containsExactly(gone.toString());
            assertThat(tombstones(TopicCatalog.DOWN_COMPUTER.name())).isEmpty();
            assertThat(office.snapshot().computers()).containsKey(moved);
        }
    }

    private static SiteChanged site(UUID id, long revision, String name) {
        return new SiteChanged(new SiteState(id, revision, name, SiteKind.BRANCH, List.of(), new WanLimits(0, 100)));
    }

    private static ComputerChanged computer(UUID id, long revision) {
        return new ComputerChanged(
                new ComputerState(id, revision, "PC", null, List.of("52:54:00:00:00:01"), null, Map.of(), List.of()));
    }

    private List<String> tombstones(String topic) {
        return new TopicReader(kafka.bootstrapServers())
                .raw(topic).stream()
                        .filter(record -> record.value() == null)
                        .map(ConsumerRecord::key)
                        .toList();
    }

    private int records(UUID site) {
        return (int) new TopicReader(kafka.bootstrapServers())
                .raw(SITES).stream()
                        .filter(record -> site.toString().equals(record.key()))
                        .count();
    }

    private static String reason(ConsumerRecord<String, byte[]> dead) {
        return new String(dead.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }

    private static ProducerRecord<String, byte[]> record(String key, Envelope envelope) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(SITES, key, envelope.data());
        envelope.headers().forEach(record.headers()::add);
        return record;
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void compactEagerly(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            Map.of(
                                            "segment.ms",
                                            "200",
                                            "min.cleanable.dirty.ratio",
                                            "0.01",
                                            "max.compaction.lag.ms",
                                            "200")
                                    .entrySet()
                                    .stream()
                                    .map(e -> new AlterConfigOp(new ConfigEntry(e.getKey(), e.getValue()), OpType.SET))
                                    .toList()))
                    .all()
                    .get();
        }
    }

    /** One running instance of the service's desk. */
    private final class Office implements AutoCloseable {
        final DeadLetters deadLetters;
        final Desk desk;

        Office() {
            Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
            deadLetters = new DeadLetters(settings);
            desk = new Desk(
                    settings,
                    new Settings(),
                    new EventSigner(keys),
                    TrustedKeys.of(keys.getPublic()),
                    deadLetters,
                    Clock.systemUTC(),
                    new Actor(new CurrentVertxRequest()));
            Awaitility.await().atMost(PATIENCE).until(() -> desk.trouble() == null);
        }

        void write(Event event) {
            desk.say(snapshot -> List.of(event));
        }

        PolicySnapshot snapshot() {
            return desk.snapshot();
        }

        @Override
        public void close() {
            desk.close();
            deadLetters.close();
        }
    }

    private record Settings() implements HqConfig {
        @Override
        public Signing signing() {
            return () -> Path.of("unused");
        }

        @Override
        public Trust trust() {
            return Optional::empty;
        }

        @Override
        public Topics topics() {
            return new Topics() {
                @Override
                public int partitions() {
                    return 1;
                }

                @Override
                public short replicationFactor() {
                    return 1;
                }
            };
        }
    }
}
