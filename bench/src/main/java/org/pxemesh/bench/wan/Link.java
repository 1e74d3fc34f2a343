package org.pxemesh.bench.wan;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.bench.wan.relay.RelayMain;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.Namespace;

/** HQ and a branch, a namespace each, and the WAN between them. */
final class Link {
    static final String HQ = "10.97.0.1";
    static final String BRANCH = "10.97.0.2";
    static final int FOREGROUND_PORT = 5201;
    static final int ECHO_PORT = 5202;
    static final int CONTENT_PORT = 8082;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Small heaps and the simplest collector: pauses of these programs would look like delay of the link. */
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx48m", "--enable-native-access=ALL-UNNAMED");

    private static final String OWN_CLASSES = System.getProperty("java.class.path");

    private final String runId;
    private final Path logs;
    private final Traces traces;
    private final Namespace hq;
    private final Namespace branch;

    Link(String runId, Path logs, Traces traces) {
        this.runId = runId;
        this.logs = logs;
        this.traces = traces;
        hq = Namespace.make("pxm-" + runId + "-hq", traces);
        branch = Namespace.make("pxm-" + runId + "-branch", traces);
    }

    Namespace hq() {
        return hq;
    }

    Namespace branch() {
        return branch;
    }

    /** Connects the two; the relay's output is the record of what passed. */
    LabProcess connect(int kbit, int queueMillis, int rttMillis) {
        String hqDevice = "pxm" + runId + "h";
        String branchDevice = "pxm" + runId + "b";
        LabProcess relay = start(
                "relay-" + rttMillis,
                List.of(),
                OWN_CLASSES,
                RelayMain.class,
                hqDevice,
                branchDevice,
                Integer.toString(kbit),
                Integer.toString(queueMillis),
                Integer.toString(rttMillis),
                Integer.toString(FOREGROUND_PORT),
                Integer.toString(CONTENT_PORT));
        relay.awaitLog("ready", PATIENCE);
        plug(hq, hqDevice, HQ);
        plug(branch, branchDevice, BRANCH);
        // What most hosts run; the machine's own default may be another, and only a route can change it here. Of the
        // branch
        // too: BBR would hold even its requests back every ten seconds, when it measures the way.
        hq.ip("route", "replace", BRANCH, "dev", hqDevice, "congctl", "cubic");
        branch.ip("route", "replace", HQ, "dev", branchDevice, "congctl", "cubic");
        return relay;
    }

    private static void plug(Namespace side, String device, String address) {
        Shell.run("ip", "link", "set", device, "netns", side.name());
        side.ip("address", "add", address + "/30", "dev", device);
        side.ip("link", "set", device, "up");
    }

    /** Forgets what TCP learnt of the other side, so that each flow starts alike. */
    void forgetFlows() {
        hq.ip("tcp_metrics", "flush");
        branch.ip("tcp_metrics", "flush");
    }

    /** One of this bench's own programs, in a namespace. */
    LabProcess start(String name, Namespace in, Class<?> program, String... arguments) {
        return start(name, in.exec(List.of()), OWN_CLASSES, program, arguments);
    }

    /** One of this bench's own programs that uses the agent's classes, in a namespace. */
    LabProcess startWithAgent(String name, Namespace in, Class<?> program, String... arguments) {
        Path app = Tree.jar("services/peer-agent/target/quarkus-app");
        String all = String.join(
                File.pathSeparator,
                OWN_CLASSES,
                app.resolve("app") + "/*",
                app.resolve("lib/main") + "/*",
                app.resolve("lib/boot") + "/*");
        return start(name, in.exec(List.of()), all, program, arguments);
    }

    private LabProcess start(String name, List<String> prefix, String classes, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Tree.java());
        command.addAll(SMALL);
        command.addAll(List.of("-cp", classes, program.getName()));
        command.addAll(List.of(arguments));
        return LabProcess.start(name, command, Map.of(), logs, traces);
    }

    /** A built jar of HQ's, in HQ's namespace. */
    LabProcess startHq(String name, String jar, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Tree.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-jar", Tree.jar(jar).toString()));
        command.addAll(arguments);
        return LabProcess.start(name, hq.exec(command), Map.of(), logs, traces);
    }
}
