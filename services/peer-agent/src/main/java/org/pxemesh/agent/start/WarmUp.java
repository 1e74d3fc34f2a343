package org.pxemesh.agent.start;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.agent.mesh.JGroupsMembership;
import org.pxemesh.agent.mesh.Membership;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage.SnapshotTold;
import org.pxemesh.agent.uplink.HqLink;
import org.pxemesh.agent.uplink.KafkaHqLink;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.mesh.MeshView;

/**
 * The training run for an AOT cache ({@code java -XX:AOTCacheOutput=agent.aot @jvm.flags -jar quarkus-run.jar warm-up}):
 * starts everything that an agent starts, on loopback and against an HQ that is not there, and ends. It needs no
 * settings, opens no port of the agent's and leaves nothing behind.
 */
final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final String NOBODY = "127.0.0.1:9";

    private WarmUp() {}

    /** Settings that keep this run apart from an agent on the same machine. */
    static void prepare() {
        try {
            var directory = Files.createTempDirectory("pxemesh-warm-up");
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
            System.setProperty("pxemesh.state-dir", directory.toString());
            System.setProperty("pxemesh.trust.keys", TrustedKeys.format(key));
            System.setProperty("pxemesh.hq.kafka", NOBODY);
            System.setProperty("pxemesh.local.port", "0");
            System.setProperty("pxemesh.mesh.group-port", "17466");
            System.setProperty("pxemesh.mesh.bind-port", "17467");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the training run cannot be prepared", e);
        }
    }

    /** Loads what an agent loads until it serves and is uplink. */
    static void exercise(AgentConfig config) throws InterruptedException {
        var joined = new CountDownLatch(1);
        var failed = new CountDownLatch(1);
        var membership = new JGroupsMembership(UUID.randomUUID(), InetAddress.getLoopbackAddress(), config.mesh());
        membership.join(new Joins(joined));
        try (var link = new KafkaHqLink(NOBODY, "warm-up")) {
            link.open(new Fails(failed));
            MeshCodec.decode(MeshCodec.encode(new SnapshotTold("", 0, 0, Map.of())));
            link.publish(List.of());
            var whole = joined.await(10, TimeUnit.SECONDS) & failed.await(10, TimeUnit.SECONDS);
            LOG.infof("event=warmed-up whole=%s", whole);
        }
        membership.leave();
        delete(config.stateDir());
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf("event=warm-up-left-behind directory=%s reason=%s", directory, e.getMessage());
        }
    }

    private record Joins(CountDownLatch joined) implements Membership.Listener {
        @Override
        public void viewChanged(MeshView view) {
            joined.countDown();
        }

        @Override
        public void received(UUID from, byte[] message) {}

        @Override
        public void lost(String reason) {
            joined.countDown();
        }
    }

    private record Fails(CountDownLatch failed) implements HqLink.Listener {
        @Override
        public void connected(String cluster) {}

        @Override
        public void disconnected(String reason) {
            failed.countDown();
        }

        @Override
        public Map<String, Long> offsets(String cluster) {
            return Map.of();
        }

        @Override
        public void received(String cluster, SignedRecord record) {}

        @Override
        public void hinted(Envelope hint) {}

        @Override
        public void malformed(String topic, String key, String reason) {}

        @Override
        public void buried(String cluster, String topic, String key) {}

        @Override
        public void caughtUp(String cluster, Map<String, Long> offsets) {}
    }
}
