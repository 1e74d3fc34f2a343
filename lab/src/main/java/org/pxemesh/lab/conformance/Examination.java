package org.pxemesh.lab.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.zoo.ZooEffect;
import org.pxemesh.zoo.audit.Drill;
import org.pxemesh.zoo.audit.Drills;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.audit.Finding.Verdict;
import org.pxemesh.zoo.audit.ReplyAudit;
import org.pxemesh.zoo.audit.TransferAudit;
import org.pxemesh.zoo.firmware.BootClient;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.tftp.Errand;
import org.pxemesh.zoo.tftp.Fetch;
import org.pxemesh.zoo.tftp.FetchStage.End;
import org.pxemesh.zoo.tftp.Manners;
import org.pxemesh.zoo.wire.Endpoint;
import org.pxemesh.zoo.wire.ServicePorts;

/** All models and drills against one server, in their order. */
final class Examination {

    /** A boot from good media, with EDK2's four seconds and ten at a silent port 4011. */
    private static final long BOOT_MILLIS = 60_000;

    /** A server that has nothing for HTTP clients is silent; two attempts are 12 s. */
    private static final long HTTP_MILLIS = 13_000;

    private static final long DRILL_MILLIS = 60_000;

    private final Rig rig;
    private final int host;
    private final ServicePorts ports;
    private final Consumer<String> progress;
    private final Map<String, List<Finding>> results = new LinkedHashMap<>();
    private int machine;

    /** @param firstMachine numbers the machines, whose addresses and transactions follow from it */
    Examination(Rig rig, int host, ServicePorts ports, int firstMachine, Consumer<String> progress) {
        this.rig = rig;
        this.host = host;
        this.ports = ports;
        this.machine = firstMachine;
        this.progress = progress;
    }

    /**
     * Findings by model; the last entry is {@code tftp}.
     *
     * @param drills whether TFTP is drilled too
     * @param file for the drills, or the first boot program that a model got
     */
    Map<String, List<Finding>> examine(List<Firmware> models, boolean drills, @Nullable String file)
            throws IOException {
        Firmware booted = null;
        String known = file;
        for (Firmware firmware : models) {
            progress.accept(firmware.name());
            Phase phase = boot(firmware);
            if (known == null
                    && phase instanceof Phase.Ended ended
                    && program(ended).isPresent()) {
                known = program(ended).get();
                booted = firmware;
            }
        }
        if (drills) {
            progress.accept("tftp");
            results.put("tftp", drill(booted, known));
        }
        return results;
    }

    private static Optional<String> program(Phase.Ended ended) {
        return ended.transfers().stream()
                .filter(f -> f.end().filter(o -> o.end() == End.COMPLETE).isPresent())
                .findFirst()
                .map(f -> f.errand().name());
    }

    private Phase boot(Firmware firmware) throws IOException {
        long patience = firmware.isHttp() ? HTTP_MILLIS : BOOT_MILLIS;
        Rig.Run run = rig.play(BootClient.off(firmware, firmware.machine(machine++), ports), patience);
        Phase phase = ((BootClient) run.program()).phase();
        List<Finding> findings = new ArrayList<>();
        findings.add(Verdicts.of(firmware, phase));
        for (ZooEffect.SawReply saw : run.saw()) {
            findings.addAll(ReplyAudit.judge(firmware, ports, saw));
        }
        if (phase instanceof Phase.Ended ended) {
            ended.transfers().forEach(fetch -> findings.addAll(TransferAudit.judge(fetch)));
            if (ended.how() == Outcome.HANDED_URI) {
                findings.addAll(HttpCheck.of(ended.detail(), firmware.isHttp()));
            }
        }
        results.put(firmware.name(), Verdicts.once(findings));
        return phase;
    }

    private List<Finding> drill(@Nullable Firmware booted, @Nullable String file) throws IOException {
        if (file == null) {
            return List.of(new Finding(
                    "RFC1350", "TFTP drills", Verdict.NOT_APPLICABLE, "", "no model got a file; name one by --file"));
        }
        if (booted != null) {
            // A server that serves by boot plan knows this host as the machine that discovered last.
            rig.play(BootClient.off(booted, booted.machine(machine++), ports), BOOT_MILLIS);
        }
        Fetch known = fetch(Errand.get(file, new Manners(1024, 0, Manners.Size.FIRST, 1000, 6, Map.of())));
        if (known.end().filter(o -> o.end() == End.COMPLETE).isEmpty()) {
            return List.of(new Finding(
                    "RFC1350", "TFTP drills", Verdict.FAILED, "'" + file + "'", String.valueOf(known.end())));
        }
        List<Finding> findings = new ArrayList<>();
        for (Drill drill : Drills.with(known)) {
            findings.add(drill.judge().apply(fetch(drill.errand())));
        }
        return findings;
    }

    private Fetch fetch(Errand errand) throws IOException {
        int port = 50_000 + machine++ % 7_000 * 2;
        return (Fetch) rig.play(Fetch.of(errand, new Endpoint(host, ports.tftp()), port), DRILL_MILLIS)
                .program();
    }
}
