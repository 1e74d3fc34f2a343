package org.pxemesh.agent.site;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.pxemesh.events.SiteKind;
import org.pxemesh.kafka.EmbeddedKafka;
import org.pxemesh.kafka.Listener;

/**
 * The tests' HQ as a process, for trials with agents in namespaces: {@code HqMain DIRECTORY ADDRESS NETWORK MEGABYTES}.
 * Prints the agents' settings; each line on stdin that names a type shows what came up.
 */
final class HqMain {
    private HqMain() {}

    public static void main(String[] args) throws Exception {
        var vertx = Vertx.vertx();
        var broker = EmbeddedKafka.start(Path.of(args[0]), List.of(Listener.parse(args[1] + ":9092")));
        var hq = new TestHq(vertx, broker, args[1], args[2]);
        hq.renewEpoch();
        hq.site(SiteKind.BRANCH);
        if (args.length > 3) {
            hq.deploy(Integer.parseInt(args[3]), 1 << 20);
        }
        System.out.println("-Dpxemesh.hq.kafka=" + args[1] + ":9092 -Dpxemesh.trust.keys=" + hq.trustKeys());
        Thread.currentThread().join();
    }
}
