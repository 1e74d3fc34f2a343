package org.pxemesh.hq;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;

/**
 * Makes the catalog's topics where they do not exist, and refuses to work with topics that somebody made otherwise: an
 * uplink would read the wrong partition, or Kafka would delete state.
 */
public final class TopicMaker {
    private static final long SECONDS = 60;

    private final Map<String, Object> kafka;
    private final int partitions;
    private final short replicationFactor;

    /**
     * @param kafka client settings, at least {@code bootstrap.servers}
     * @param partitions of by-site topics that do not exist yet
     * @param replicationFactor of topics that do not exist yet
     */
    public TopicMaker(Map<String, Object> kafka, int partitions, short replicationFactor) {
        this.kafka = Map.copyOf(kafka);
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Makes what is missing of some topics and their dead-letter topics.
     *
     * @throws IllegalStateException when Kafka cannot be reached within 60 s or a topic is not as the catalog says
     */
    public void ensure(Collection<Topic> topics) {
        try (Admin admin = Admin.create(kafka)) {
            List<NewTopic> wanted = new ArrayList<>();
            for (Topic topic : topics) {
                wanted.add(new NewTopic(topic.name(), topic.bySite() ? partitions : 1, replicationFactor)
                        .configs(settings(topic)));
                wanted.add(new NewTopic(topic.deadLetters(), 1, replicationFactor)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(TimeUnit.DAYS.toMillis(90)))));
            }
            Set<String> existing = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            wanted.removeIf(topic -> existing.contains(topic.name()));
            for (var made : admin.createTopics(wanted).values().values()) {
                try {
                    made.get(SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    // Another service of this HQ starts at the same time.
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            compareOnceKnown(admin, topics);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "Kafka at " + kafka.get("bootstrap.servers") + " did not make the topics: " + e
                            + "; is it running, and is kafka.bootstrap.servers right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the topics were made", e);
        }
    }

    /** A topic that was just made (by another service: it exists) is not known to every broker at once. */
    private static void compareOnceKnown(Admin admin, Collection<Topic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            try {
                compare(admin, topics);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static void compare(Admin admin, Collection<Topic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> names = topics.stream().map(Topic::name).toList();
        Map<String, TopicDescription> found =
                admin.describeTopics(names).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(resources).all().get(SECONDS, TimeUnit.SECONDS);
        for (Topic topic : topics) {
            int count = requireNonNull(found.get(topic.name())).partitions().size();
            if (!topic.bySite() && count != 1) {
                throw new IllegalStateException("topic " + topic.name() + " has " + count
                        + " partitions, the catalog says 1; it was not made by PXE Mesh: delete it or use another"
                        + " Kafka cluster");
            }
            String policy = requireNonNull(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())))
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value();
            if (!policy.equals(policy(topic))) {
                throw new IllegalStateException("topic " + topic.name() + " has " + TopicConfig.CLEANUP_POLICY_CONFIG
                        + "=" + policy + ", the catalog says " + policy(topic) + "; mend it with kafka-configs.sh");
            }
        }
    }

    private static String policy(Topic topic) {
        return topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
    }

    private static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, policy(topic));
        if (topic.retention() != null) {
            settings.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    String.valueOf(topic.retention().toMillis()));
        } else {
            settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(TopicCatalog.TOMBSTONES.toMillis()));
        }
        return settings;
    }
}
