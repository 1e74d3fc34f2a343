package org.pxemesh.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Kafka's settings for one node that is broker and controller in a small heap. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private BrokerSettings() {}

    static Properties of(Path dataDir, List<Listener> listeners, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE_ID));
        p.put("log.dirs", dataDir.toString());

        String controller = "127.0.0.1:" + controllerPort;
        p.put("controller.quorum.voters", NODE_ID + "@" + controller);
        p.put("controller.listener.names", CONTROLLER);
        p.put(
                "listeners",
                named(listeners, l -> l.bindHost() + ":" + l.bindPort()) + "," + CONTROLLER + "://" + controller);
        p.put("advertised.listeners", named(listeners, Listener::advertised));
        p.put(
                "listener.security.protocol.map",
                IntStream.range(0, listeners.size())
                                .mapToObj(i -> name(i) + ":PLAINTEXT")
                                .collect(Collectors.joining(","))
                        + "," + CONTROLLER + ":PLAINTEXT");
        p.put("inter.broker.listener.name", name(0));

        // Topics come from TopicCatalog with their own retention; one made by a stray client would lack it.
        p.put("auto.create.topics.enable", "false");

        // One node: no replica can be elsewhere, and no group has anyone to wait for.
        for (String internal : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.put(internal + ".num.partitions", "1");
            p.put(internal + ".replication.factor", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("group.initial.rebalance.delay.ms", "0");

        // After SIGKILL the controller refuses the new broker until the old session ends (default 9 s).
        p.put("broker.session.timeout.ms", "2000");
        p.put("broker.heartbeat.interval.ms", "400");

        // The default of 128 MiB would be the largest thing in the heap.
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
        p.put("log.cleaner.threads", "1");
        return p;
    }

    private static String named(List<Listener> listeners, java.util.function.Function<Listener, String> address) {
        return IntStream.range(0, listeners.size())
                .mapToObj(i -> name(i) + "://" + address.apply(listeners.get(i)))
                .collect(Collectors.joining(","));
    }

    private static String name(int index) {
        return "CLIENT" + index;
    }
}
