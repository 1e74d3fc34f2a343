package org.pxemesh.lab.distribution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.hq.Api;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.site.Namespace;

/** A PC of a branch, and the agent that runs on it now. */
final class BranchPeer {
    private final String name;
    private final int segment;
    private final Namespace pc;
    private final String address;
    private @Nullable LabProcess process;
    private int starts;

    /** @param segment from 1 */
    BranchPeer(String name, int segment, Namespace pc, String address) {
        this.name = name;
        this.segment = segment;
        this.pc = pc;
        this.address = address;
    }

    String name() {
        return name;
    }

    int segment() {
        return segment;
    }

    Namespace pc() {
        return pc;
    }

    String address() {
        return address;
    }

    /** Each start of the agent has a log of its own: what a killed one wrote is kept. */
    String nextLog() {
        starts++;
        return starts == 1 ? name : name + "-start" + starts;
    }

    void runs(LabProcess started) {
        process = started;
    }

    boolean isAlive() {
        return process != null && process.alive();
    }

    void requireAlive() {
        if (process != null) {
            process.requireAlive();
        }
    }

    /** SIGKILL. */
    void kill() {
        if (process == null) {
            throw new LabException(name + " does not run");
        }
        process.kill();
    }

    /** What the agent says of itself on its local face; nothing while it does not answer. */
    Optional<JsonNode> status() {
        Shell.Result answer =
                Shell.attempt(pc.exec(java.util.List.of("curl", "-s", "-m", "3", "http://127.0.0.1:8068/status"))
                        .toArray(String[]::new));
        try {
            return answer.ok() && answer.output().startsWith("{")
                    ? Optional.of(Api.json().readTree(answer.output()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    boolean isUplink() {
        return status().map(
                        s -> s.path("segments").path(0).path("role").asText().equals("uplink"))
                .orElse(false);
    }

    /** Bytes of a package that the agent says it has. */
    long held(String packageRef) {
        return status().map(s -> {
                    for (JsonNode holding : s.path("holdings")) {
                        if (holding.path("packageRef").asText().equals(packageRef)) {
                            return holding.path("bytesHeld").asLong();
                        }
                    }
                    return 0L;
                })
                .orElse(0L);
    }
}
