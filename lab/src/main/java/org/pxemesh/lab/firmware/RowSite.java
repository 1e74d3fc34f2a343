package org.pxemesh.lab.firmware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pxemesh.lab.agent.Agent;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.hq.Hq;
import org.pxemesh.lab.run.Shell;
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
        Agent agent = Agent.start(site, hq, "pc1", row.host());
        RowSite made = new RowSite(site, agent);
        Until.isTrue("the peer to hold " + row.kit().packageName(), READY, () -> {
            agent.process().requireAlive();
            return made.serves(row.kit().packageName() + "@1");
        });
        return made;
    }

    Site site() {
        return site;
    }

    Agent agent() {
        return agent;
    }

    private boolean serves(String packageRef) {
        Shell.Result answer = Shell.attempt(agent.pc()
                .exec(List.of("curl", "-s", "-m", "3", "http://127.0.0.1:8068/status"))
                .toArray(String[]::new));
        if (!answer.ok() || !answer.output().startsWith("{")) {
            return false;
        }
        try {
            JsonNode status = Api.json().readTree(answer.output());
            for (JsonNode held : status.path("holdings")) {
                if (held.path("packageRef").asText().equals(packageRef)
                        && held.path("complete").asBoolean()) {
                    return status.path("ready").asBoolean();
                }
            }
            return false;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
