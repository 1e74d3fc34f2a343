package org.pxemesh.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node, broker and controller, inside this JVM. Its data stays in its directory: a node started there again, with
 * the same or other ports, has all topics, records and offsets, also after SIGKILL.
 *
 * <p>It creates no topics: whoever owns the catalogue does.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final Path dataDir;
    private final List<Listener> listeners;
    private @Nullable DataDirLock lock;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path dataDir, List<Listener> listeners) {
        this.dataDir = dataDir;
        this.listeners = listeners;
    }

    /** Starts a node on a free port of 127.0.0.1; see {@link #start(Path, List)}. */
    public static EmbeddedKafka start(Path dataDir) throws IOException {
        return start(dataDir, List.of(Listener.onFreeLoopbackPort()));
    }

    /**
     * Starts a node and returns when it accepts clients (1-3 s; up to 2 s more when the last run was killed).
     *
     * @param dataDir made and formatted when it does not exist
     * @param listeners at least one, each with a port of its own
     * @throws IOException when a port is taken or the directory cannot be used; the message says what to do
     */
    public static EmbeddedKafka start(Path dataDir, List<Listener> listeners) throws IOException {
        for (Listener listener : listeners) {
            listener.requireFree();
        }
        EmbeddedKafka kafka = new EmbeddedKafka(dataDir, List.copyOf(listeners));
        kafka.startServer();
        return kafka;
    }

    /** The value for a client's {@code bootstrap.servers}: the advertised address of the first listener. */
    public String bootstrapServers() {
        return listeners.getFirst().advertised();
    }

    /** All advertised addresses, comma-separated, in the order of the listeners. */
    public String advertisedAddresses() {
        return listeners.stream().map(Listener::advertised).collect(Collectors.joining(","));
    }

    /** Stops by controlled shutdown, so that the next start need not recover; idempotent. */
    @Override
    public void close() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
        DataDirLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }

    /** Stops and starts again on the same ports and data, as a restart of the broker looks to its clients. */
    public void restart() throws IOException {
        close();
        startServer();
    }

    private void startServer() throws IOException {
        lock = DataDirLock.take(dataDir);
        format();
        KafkaConfig config = new KafkaConfig(BrokerSettings.of(dataDir, listeners, controllerPort()), false);
        KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    /** A free port that is none of the listeners', which are free too until the broker binds them. */
    private int controllerPort() {
        int port = Listener.freeLoopbackPort();
        for (Listener listener : listeners) {
            if (listener.bindPort() == port) {
                return controllerPort();
            }
        }
        return port;
    }

    /** Writes the identity of cluster and node; {@code meta.properties} is written last, so its absence means "again". */
    private void format() throws IOException {
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter = new Formatter();
        formatter
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setMetadataLogDirectory(dataDir.toString())
                .addDirectory(dataDir.toString())
                .setIgnoreFormatted(true)
                .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("cannot prepare Kafka's data directory " + dataDir + ": " + e.getMessage(), e);
        }
    }
}
