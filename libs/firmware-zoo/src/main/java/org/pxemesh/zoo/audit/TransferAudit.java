package org.pxemesh.zoo.audit;

import java.util.ArrayList;
import java.util.List;
import org.pxemesh.zoo.tftp.Fetch;
import org.pxemesh.zoo.tftp.FetchStage.End;
import org.pxemesh.zoo.tftp.FetchStage.Over;

/** What is expected of every TFTP transfer that a model has made. */
public final class TransferAudit {

    /** An unknown name costs the client this at most: "at once", with room for a busy machine. */
    public static final long AT_ONCE_MILLIS = 500;

    private TransferAudit() {}

    /** All checks of one finished transfer. */
    public static List<Finding> judge(Fetch fetch) {
        List<Finding> findings = new ArrayList<>();
        String name = "'" + fetch.errand().name() + "'";
        Over over = fetch.end().orElse(new Over(End.GAVE_UP, "unfinished"));
        if (over.end() == End.GAVE_UP) {
            findings.add(Finding.of("Q92", name + " is answered", false, "data or ERROR 1", over.detail()));
            return findings;
        }
        long reply = fetch.tally().firstReplyMillis();
        if (over.end() == End.REFUSED) {
            boolean notFound = over.detail().startsWith("ERROR 1 ") && reply <= AT_ONCE_MILLIS;
            findings.add(Finding.of(
                    "Q92",
                    name + " is refused at once",
                    notFound,
                    "ERROR 1 within " + AT_ONCE_MILLIS + " ms",
                    over.detail() + " after " + reply + " ms"));
            return findings;
        }
        findings.add(Finding.of(
                "Q80", name + " comes from a port of its own", fetch.tally().port() != 69, "not 69", "69"));
        if (!fetch.errand().manners().options().isEmpty()) {
            findings.add(Finding.of(
                    "Q81",
                    name + " OACK holds only what was asked, and no more of it",
                    over.end() != End.BAD_OPTIONS,
                    "valid options",
                    over.detail()));
        }
        String size = fetch.tally().granted().get("tsize");
        if (over.end() == End.COMPLETE && size != null) {
            String bytes = Long.toString(fetch.tally().bytes());
            findings.add(Finding.of("Q97", name + " tsize is exact", size.equals(bytes), bytes, size));
        }
        if (over.end() == End.SIZE_TOLD) {
            boolean told = over.detail().matches("\\d+");
            findings.add(Finding.of("Q82", name + " tells its size", told, "tsize", over.detail()));
        }
        return findings;
    }
}
