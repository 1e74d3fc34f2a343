package org.pxemesh.hq;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.Optional;

/** Settings that every HQ service has. Kafka's address is Quarkus' own {@code kafka.bootstrap.servers}. */
@ConfigMapping(prefix = "pxemesh")
public interface HqConfig {

    Signing signing();

    Trust trust();

    Topics topics();

    /** HQ's key, with which {@code down} records and manifests are signed. */
    interface Signing {
        /** PEM file with HQ's Ed25519 key pair; made at first start when it does not exist. */
        @WithDefault("data/hq-signing-key.pem")
        Path keyFile();
    }

    /** Keys beside HQ's own whose records are still believed, while a key is replaced. */
    interface Trust {
        /** Base64 X.509 public keys, separated by commas. */
        Optional<String> keys();
    }

    /** How topics are made when they do not exist yet. */
    interface Topics {
        /** Partitions of by-site topics: 4 for an embedded HQ, 256 in production; never changed afterwards. */
        @WithDefault("4")
        int partitions();

        /** Replicas of every partition: 1 for an embedded HQ, 3 in production. */
        @WithDefault("1")
        @WithName("replication-factor")
        short replicationFactor();
    }
}
