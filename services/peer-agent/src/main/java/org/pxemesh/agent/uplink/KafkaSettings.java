package org.pxemesh.agent.uplink;

import java.util.Map;
import java.util.Properties;

/** Kafka client settings of an uplink: quick to give up, quick to try again, small in memory. */
final class KafkaSettings {
    private KafkaSettings() {}

    static Properties consumer(String servers, String clientId) {
        return common(
                servers,
                clientId,
                Map.of(
                        "enable.auto.commit", "false",
                        // An offset that the cluster does not have means a rebuild, which we decide.
                        "auto.offset.reset", "none",
                        "isolation.level", "read_committed",
                        "fetch.max.wait.ms", "2000",
                        "max.partition.fetch.bytes", "1048576",
                        "max.poll.records", "500",
                        "default.api.timeout.ms", "4000",
                        "allow.auto.create.topics", "false"));
    }

    static Properties producer(String servers, String clientId) {
        return common(
                servers,
                clientId,
                Map.of(
                        "acks", "all",
                        "enable.idempotence", "true",
                        "linger.ms", "2",
                        "max.block.ms", "4000",
                        "delivery.timeout.ms", "8000",
                        "buffer.memory", "4194304",
                        "compression.type", "none",
                        "max.request.size", "1048576"));
    }

    private static Properties common(String servers, String clientId, Map<String, String> own) {
        var settings = new Properties();
        settings.put("bootstrap.servers", servers);
        settings.put("client.id", clientId);
        settings.put("request.timeout.ms", "4000");
        settings.put("socket.connection.setup.timeout.ms", "2000");
        settings.put("socket.connection.setup.timeout.max.ms", "4000");
        settings.put("reconnect.backoff.ms", "100");
        settings.put("reconnect.backoff.max.ms", "2000");
        settings.put("retry.backoff.ms", "100");
        settings.put("metadata.max.age.ms", "60000");
        settings.put("enable.metrics.push", "false");
        settings.put("auto.include.jmx.reporter", "false");
        settings.put("metric.reporters", "");
        settings.putAll(own);
        return settings;
    }
}
