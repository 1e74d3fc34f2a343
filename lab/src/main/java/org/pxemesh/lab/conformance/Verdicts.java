package org.pxemesh.lab.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.audit.Finding.Verdict;
import org.pxemesh.zoo.firmware.Firmware;
import org.pxemesh.zoo.firmware.Phase;
import org.pxemesh.zoo.firmware.Phase.Outcome;
import org.pxemesh.zoo.tftp.Fetch;
import org.pxemesh.zoo.tftp.FetchStage.End;

/** Whether a model booted, and findings without repetitions. */
final class Verdicts {

    private Verdicts() {}

    static Finding of(Firmware firmware, Phase phase) {
        Outcome wanted = firmware.isHttp() ? Outcome.HANDED_URI : Outcome.BOOTED;
        if (firmware.isHttp() && phase instanceof Phase.Discovering) {
            return new Finding("boot", "boots", Verdict.NOT_APPLICABLE, "", "no offer for HTTPClient");
        }
        if (!(phase instanceof Phase.Ended ended)) {
            return new Finding("boot", "boots", Verdict.FAILED, wanted.toString(), "did not end: " + name(phase));
        }
        String seen = ended.how() + " " + ended.detail();
        // iPXE takes a script by HTTP as gladly as a program by TFTP.
        if (ended.how() == wanted || firmware.ipxe() && ended.how() == Outcome.HANDED_URI) {
            return new Finding("boot", "boots", Verdict.PASSED, wanted.toString(), seen);
        }
        Optional<String> absent = absentFileOfTheLoader(ended);
        return absent.map(file -> new Finding("boot", "boots", Verdict.NOT_APPLICABLE, "", "the server has no " + file))
                .orElse(new Finding("boot", "boots", Verdict.FAILED, wanted.toString(), seen));
    }

    /** The boot program came, and then a file that only another kind of package has. */
    private static Optional<String> absentFileOfTheLoader(Phase.Ended ended) {
        List<Fetch> transfers = ended.transfers();
        boolean program = transfers.stream().anyMatch(f -> end(f) == End.COMPLETE);
        return program && end(transfers.getLast()) == End.REFUSED
                ? Optional.of(transfers.getLast().errand().name())
                : Optional.empty();
    }

    private static End end(Fetch fetch) {
        return fetch.end().orElseThrow().end();
    }

    private static String name(Phase phase) {
        return phase.getClass().getSimpleName();
    }

    /** The same check of several replies is one finding; a failed one wins. */
    static List<Finding> once(List<Finding> all) {
        Map<String, Finding> kept = new LinkedHashMap<>();
        for (Finding finding : all) {
            kept.merge(finding.fact() + finding.check(), finding, (a, b) -> a.failed() ? a : b);
        }
        return List.copyOf(kept.values());
    }
}
