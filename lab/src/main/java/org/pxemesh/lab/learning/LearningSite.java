package org.pxemesh.lab.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.conformance.ZooPlayer;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Namespace;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;

/** A branch with one PC that runs the agent, and a host that plays bare machines and their DHCP server. */
final class LearningSite {
    private static final Duration READY = Duration.ofSeconds(60);

    /** Option 93 of the usual firmware. */
    static final int X64 = 7;

    /**
     * What a machine saw.
     *
     * @param forms of the offers in their order, each once however often it was repeated: how often depends on how fast
     *     this machine is today
     */
    record Boot(String outcome, List<String> forms, JsonNode told) {}

    private final String name;
    private final Site site;
    private final Namespace pc;
    private final String wan;
    private @Nullable Agent agent;
    private @Nullable Process zoo;
    private @Nullable BufferedReader said;
    private @Nullable BufferedWriter say;
    private int machines;

    private LearningSite(String name, Site site, Namespace pc, String wan) {
        this.name = name;
        this.site = site;
        this.pc = pc;
        this.wan = wan;
    }

    static LearningSite make(String runId, int n, Path folder, Traces traces) {
        String siteRun = runId + "s" + n;
        Site site = Site.make(siteRun, Subnets.free(), folder.resolve("site" + n), traces);
        Namespace pc = site.plug("pc", "eth0");
        pc.ip("address", "add", site.subnets().fixed(10) + "/24", "brd", "+", "dev", "eth0");
        pc.ip("route", "add", "default", "via", site.subnets().routerLan());
        pc.ip("route", "add", "224.0.0.0/4", "dev", "eth0");
        return new LearningSite("site " + n, site, pc, "pxm-" + siteRun + "-w");
    }

    String name() {
        return name;
    }

    Subnets subnets() {
        return site.subnets();
    }

    /** Starts the agent, or starts it again with the state that it left. */
    void start(Hq hq, List<String> settings) {
        agent = Agent.startOn(site, hq, "pc", pc, site.subnets().fixed(10), settings);
    }

    void kill() {
        running().process().kill();
    }

    private Agent running() {
        if (agent == null) {
            throw new IllegalStateException(name + " has no agent yet");
        }
        return agent;
    }

    void awaitServing(String packageRef) {
        awaitStatus(
                "the agent of " + name + " to serve " + packageRef,
                status -> status.path("ready").asBoolean()
                        && StreamSupport.stream(status.path("holdings").spliterator(), false)
                                .anyMatch(
                                        held -> held.path("packageRef").asText().equals(packageRef)
                                                && held.path("complete").asBoolean()));
    }

    void awaitStatus(String what, Predicate<JsonNode> condition) {
        Until.isTrue(what, READY, () -> {
            running().process().requireAlive();
            return status().filter(condition).isPresent();
        });
    }

    /** What the agent's page on loopback shows, when it answers. */
    Optional<JsonNode> status() {
        Shell.Result answer = Shell.attempt(pc.exec(List.of("curl", "-s", "-m", "3", "http://127.0.0.1:8068/status"))
                .toArray(String[]::new));
        try {
            return answer.ok() && answer.output().startsWith("{")
                    ? Optional.of(Api.json().readTree(answer.output()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Cuts the branch off from HQ, or ends that. */
    void connect(boolean on) {
        Shell.run("ip", "link", "set", wan, on ? "up" : "down");
        if (on) {
            // Linux forgot the way to the site with the link.
            Shell.run(
                    "ip",
                    "route",
                    "replace",
                    site.subnets().site(),
                    "via",
                    site.subnets().routerWan());
        }
    }

    /** Plugs in the host that plays machines. */
    void plugIn() {
        Namespace host = site.plug("zoo", "eth0");
        host.ip("address", "add", site.subnets().fixed(240) + "/24", "dev", "eth0");
        host.ip("route", "add", "255.255.255.255", "dev", "eth0");
        try {
            zoo = new ProcessBuilder(host.exec(List.of(
                            Tree.java(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Djava.net.preferIPv4Stack=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ZooPlayer.class.getName(),
                            site.subnets().fixed(240),
                            site.subnets().fixed(10))))
                    .redirectError(site.folder().resolve("zoo.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new LabException("the zoo of " + name + " cannot be started: " + e.getMessage(), e);
        }
        site.traces().process(zoo);
        said = zoo.inputReader(StandardCharsets.UTF_8);
        say = zoo.outputWriter(StandardCharsets.UTF_8);
        line();
    }

    /** Switches a new machine of the usual firmware on, which sees one form only. */
    Boot boot(String takes) {
        return boot(takes, X64);
    }

    /**
     * Switches a new machine on whose firmware sees one form only, and waits for what becomes of it.
     *
     * @param architecture that it claims; another one is another firmware to the peers
     */
    Boot boot(String takes, int architecture) {
        try {
            if (say == null) {
                throw new IllegalStateException(name + " has no zoo yet");
            }
            say.write(takes + " " + ++machines + " " + architecture + "\n");
            say.flush();
            JsonNode told = Api.json().readTree(line());
            List<String> forms = new ArrayList<>();
            for (JsonNode form : told.path("forms")) {
                if (forms.isEmpty() || !forms.getLast().equals(form.asText())) {
                    forms.add(form.asText());
                }
            }
            return new Boot(told.path("outcome").asText(), List.copyOf(forms), told);
        } catch (IOException e) {
            throw new LabException("the zoo of " + name + " is gone: " + e.getMessage(), e);
        }
    }

    private String line() {
        try {
            String line = said == null ? null : said.readLine();
            if (line == null) {
                throw new LabException(
                        "the zoo of " + name + " ended; see " + site.folder().resolve("zoo.log"));
            }
            return line;
        } catch (IOException e) {
            throw new LabException("the zoo of " + name + " is gone: " + e.getMessage(), e);
        }
    }

    /** Somebody plugs in a DHCP server that claims to be a boot server. */
    LabProcess plugInClaimingServer() {
        Namespace host = site.plug("claims", "eth0");
        host.ip("address", "add", site.subnets().fixed(7) + "/24", "brd", "+", "dev", "eth0");
        LabProcess server = site.start(
                "claiming-server",
                host,
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--port=0",
                        "--user=root",
                        "--no-ping",
                        "--dhcp-range=" + site.subnets().leasesFrom() + ","
                                + site.subnets().leasesTo() + ",255.255.255.0,1h",
                        "--dhcp-option-force=60,PXEClient",
                        "--dhcp-leasefile=" + site.folder().resolve("claiming-leases"),
                        "--pid-file=" + site.folder().resolve("claiming.pid"),
                        "--log-facility=-"),
                Map.of());
        server.awaitLog("DHCP, IP range", Duration.ofSeconds(10));
        return server;
    }
}
