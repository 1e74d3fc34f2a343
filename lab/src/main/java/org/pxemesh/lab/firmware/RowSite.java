package org.pxemesh.lab.firmware;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;

/** A row's own branch office: switch, router, DHCP server (behind a relay), one peer. */
final class RowSite {
    private static final Duration READY = Duration.ofSeconds(60);

    private final Site site;
    private final Agent agent;

    private RowSite(Site site, Agent agent) {
        this.site = site;
        this.agent = agent;
    }

    /** Makes it, and waits until its peer holds the row's package and answers boot clients. */
    static RowSite open(Row row, Hq hq, String runId, Subnets subnets, Path folder, Traces traces) {
        Site site = Site.make(runId, subnets, folder, traces);
        row.relay().start(site, row.dhcp());
        row.beside().plugIn(site);
        List<String> settings = new ArrayList<>(row.relay().settings());
        settings.addAll(row.beside().settings());
        Agent agent = Agent.startOnOfficePc(site, hq, "pc1", row.relay().peer(site, row.dhcp()), row.host(), settings);
        RowSite made = new RowSite(site, agent);
        Until.isTrue("the peer to hold " + row.kit().packageName(), READY, () -> {
            agent.process().requireAlive();
            return agent.serves(row.kit().packageName() + "@1");
        });
        return made;
    }

    /** Waits until the peer tells what is in the way of boot clients here; nothing where that is nothing. */
    void awaitFinding(Beside beside) {
        if (!beside.finding().isEmpty()) {
            Until.isTrue(
                    "the peer to tell of a " + beside.finding(),
                    READY,
                    () -> agent.status().findValuesAsText("code").contains(beside.finding()));
        }
    }

    Site site() {
        return site;
    }

    Agent agent() {
        return agent;
    }
}
