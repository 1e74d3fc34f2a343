package org.pxemesh.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.hq.HqPorts;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./mesh demo}. */
@Command(name = "demo", description = "Boot bare machines, real firmware and all, from elected peers.")
public final class DemoCommand implements Callable<Integer> {
    /** What Debian's package debian-installer-12-netboot-amd64 installs. */
    private static final Path TREE = Path.of("/usr/lib/debian-installer/images/12/amd64/text");

    @Option(names = "--clients", split = ",", defaultValue = "bios,uefi", description = "bios and uefi, in this order")
    List<String> clients = List.of();

    @Option(names = "--peers", defaultValue = "3", description = "how many peers the office has, 2 to 20")
    int peers;

    @Option(names = "--host", defaultValue = "auto", description = "the agents' host code: auto, linux or portable")
    String host = "auto";

    @Option(names = "--keep", description = "leave everything running until Ctrl-C")
    boolean keep;

    @Option(names = "--yes", description = "install what is missing without asking")
    boolean yes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Firmware> firmware = clients.stream().map(Firmware::named).toList();
        if (peers < 2 || peers > 20 || peers <= firmware.size() - 1) {
            throw new LabException("--peers " + peers + " is not between 2 and 20 and above the number of responders"
                    + " that get killed");
        }
        String runId = Traces.newRunId(Clock.systemUTC().instant());
        Path folder = Tree.state().resolve("demo");
        Traces traces = Traces.open(Tree.journals(), runId);
        Thread cleaner = new Thread(traces::close, "clean-up");
        Runtime.getRuntime().addShutdownHook(cleaner);
        Timeline timeline = new Timeline(System.err);
        try {
            ObjectNode result = run(firmware, runId, folder, traces, timeline);
            System.out.println(result);
            if (keep) {
                timeline.say("Everything is left running; the console is "
                        + result.path("console").asText() + ". Ctrl-C ends it.");
                new CountDownLatch(1).await();
            }
            return 0;
        } catch (LabException e) {
            timeline.say("FAILED: " + e.getMessage());
            timeline.say("Logs of all processes are kept in " + folder);
            System.out.println(org.pxemesh.lab.hq.Api.json()
                    .createObjectNode()
                    .put("ok", false)
                    .put("error", e.getMessage()));
            return 1;
        } finally {
            timeline.close();
            traces.close();
        }
    }

    private ObjectNode run(List<Firmware> firmware, String runId, Path folder, Traces traces, Timeline timeline)
            throws IOException {
        // Only what the last run wrote; this run's logs stay for reading.
        Leftovers.delete(folder);
        Files.createDirectories(folder);
        timeline.say("Making a branch office with " + peers + " PCs and a DHCP server without any PXE option");
        Subnets subnets = Subnets.free();
        Site site = Site.make(runId, subnets, folder, traces);
        DhcpServer.DNSMASQ.startIn(site);
        timeline.say("Starting HQ: Kafka, policy-service, package-service, status-service");
        Hq hq = Hq.start(
                new Hq.Settings(HqPorts.free(), folder.resolve("hq"), folder, subnets.hq(), List.of(TREE)), traces);
        timeline.say("HQ is ready; its console is " + hq.console());
        timeline.follow(hq.console());
        List<Agent> agents = new ArrayList<>();
        for (int n = 1; n <= peers; n++) {
            Agent agent = Agent.start(site, hq, "pc" + n, host);
            timeline.name(agent.address(), agent.name());
            timeline.say(
                    "Peer " + agent.name() + " starts at " + agent.address() + ", leased by the site's DHCP server");
            agents.add(agent);
        }
        Demo demo = new Demo(hq, site, agents, timeline);
        demo.enable(TREE);
        for (int n = 0; n < firmware.size(); n++) {
            Agent responder = demo.boot(
                    firmware.get(n), "virtio-net-pci", String.format(Locale.ROOT, "52:54:00:12:34:%02x", n + 1));
            if (n + 1 < firmware.size()) {
                demo.kill(responder);
            }
        }
        return demo.finish();
    }
}
