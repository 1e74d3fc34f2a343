package org.pxemesh.bench.wan;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pxemesh.bench.Bench;
import org.pxemesh.bench.Report;
import org.pxemesh.bench.wan.traffic.EchoMain;
import org.pxemesh.bench.wan.traffic.FlowMain;
import org.pxemesh.bench.wan.traffic.ServerMain;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Foreground TCP alone, content alone, both, over a link with a deep queue. */
@Command(name = "wan", description = "Content beside a TCP flow, over a slow link with a deep queue.")
public final class WanBench extends Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int COME_BACK_SECONDS = 6;
    private static final String HQ_FLOW = Integer.toString(Link.FOREGROUND_PORT);
    private static final String HQ_ECHO = Integer.toString(Link.ECHO_PORT);

    @Option(
            names = "--rtt",
            split = ",",
            defaultValue = "2,40,200",
            description = "milliseconds; default ${DEFAULT-VALUE}")
    private int[] rtts = {};

    @Option(names = "--kbit", defaultValue = "20000", description = "the link's rate; default ${DEFAULT-VALUE}")
    private int kbit;

    @Option(names = "--queue", defaultValue = "250", description = "milliseconds; default ${DEFAULT-VALUE}")
    private int queue;

    @Option(names = "--seconds", defaultValue = "30", description = "of each case; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--uplinks",
            defaultValue = "1",
            description = "of the site that fetch over the one link; default ${DEFAULT-VALUE}")
    private int uplinks;

    @Option(
            names = "--limit",
            defaultValue = "0",
            description = "the site's limit in kbit/s, which its uplinks divide; 0 = none; default ${DEFAULT-VALUE}")
    private int limit;

    @Override
    protected void measure(Report report) throws InterruptedException {
        Path folder = Tree.state().resolve("bench-wan");
        String runId = Traces.newRunId(Clock.systemUTC().instant());
        try (Traces traces = Traces.open(Tree.journals(), runId)) {
            Runtime.getRuntime().addShutdownHook(new Thread(traces::close, "clean-up"));
            Link link = new Link(runId, folder, traces);
            PackageService packages = PackageService.start(link, folder, traces);
            LabProcess server = link.start("server", link.hq(), ServerMain.class, HQ_FLOW, HQ_ECHO);
            server.awaitLog("ready", PATIENCE);
            for (int rtt : rtts) {
                say("RTT " + rtt + " ms");
                measure(link, packages, rtt, new WanJudge(report, kbit, queue, rtt, uplinks, limit));
            }
        }
    }

    private void measure(Link link, PackageService packages, int rtt, WanJudge judge) {
        LabProcess relay = link.connect(kbit, queue, rtt);
        LabProcess echo = link.start("echo-" + rtt, link.branch(), EchoMain.class, Link.HQ, HQ_ECHO);
        echo.awaitLog("echo", PATIENCE);
        Series alone = foreground(link, "flow-alone-" + rtt);

        link.forgetFlows();
        List<LabProcess> fetches = new ArrayList<>();
        for (int n = 1; n <= uplinks; n++) {
            fetches.add(link.startWithAgent(
                    "ours-" + rtt + (n == 1 ? "" : "-" + n),
                    link.branch(),
                    FetchMain.class,
                    packages.file().toString(),
                    Integer.toString(PackageService.SIZE),
                    Integer.toString(limit),
                    Integer.toString(uplinks)));
        }
        Until.isTrue("the fetch to begin", PATIENCE, () -> {
            fetches.forEach(LabProcess::requireAlive);
            return ours(fetches).stream().noneMatch(one -> one.lines().isEmpty());
        });
        long begin = WanJudge.begin(ours(fetches));
        List<LabProcess> alive = new ArrayList<>(fetches);
        alive.add(relay);
        waitUntil(begin + TimeUnit.SECONDS.toNanos(seconds), alive);
        Series beside = foreground(link, "flow-beside-" + rtt);
        waitUntil(beside.end() + TimeUnit.SECONDS.toNanos(COME_BACK_SECONDS), alive);
        fetches.forEach(LabProcess::stop);
        echo.stop();
        relay.stop();
        for (LabProcess fetch : fetches) {
            if (fetch.logText().contains("failed ")) {
                throw new LabException("a chunk was not fetched: see " + fetch.log());
            }
        }
        judge.judge(
                alone,
                beside,
                ours(fetches),
                Series.of(echo.logText(), "echo"),
                Series.of(relay.logText(), "down"),
                begin + TimeUnit.SECONDS.toNanos(seconds));
    }

    private static List<Series> ours(List<LabProcess> fetches) {
        return fetches.stream().map(fetch -> Series.of(fetch.logText(), "ours")).toList();
    }

    private Series foreground(Link link, String name) {
        link.forgetFlows();
        LabProcess flow = link.start(name, link.branch(), FlowMain.class, Link.HQ, HQ_FLOW, Integer.toString(seconds));
        flow.awaitLog("done", Duration.ofSeconds(seconds + 20L));
        return Series.of(flow.logText(), "flow");
    }

    private static void waitUntil(long time, List<LabProcess> alive) {
        Until.isTrue("the case's time to pass", Duration.ofSeconds(120), () -> {
            for (LabProcess process : alive) {
                process.requireAlive();
            }
            return System.nanoTime() >= time;
        });
    }
}
