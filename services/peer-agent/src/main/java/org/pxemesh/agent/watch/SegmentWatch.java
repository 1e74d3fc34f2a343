package org.pxemesh.agent.watch;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.SegmentJudge;

/** The last findings in a segment. For any thread. */
public final class SegmentWatch {
    private static final Logger LOG = Logger.getLogger(SegmentWatch.class);

    private volatile List<Finding> findings = List.of();

    /** The segment was looked at again. */
    public void found(String interfaceName, List<Finding> now) {
        now.stream()
                .filter(finding -> !findings.contains(finding))
                .forEach(finding -> LOG.warnf("event=found interface=%s finding=\"%s\"", interfaceName, finding));
        findings = List.copyOf(now);
    }

    public List<Finding> findings() {
        return findings;
    }

    /** The form that wins beside this segment's DHCP server, where that claims to be a boot server. */
    public Optional<ReplyForm> formBeside() {
        return SegmentJudge.formBeside(findings);
    }

    /** Whether somebody else boots machines here, or says so. */
    public boolean hasForeignPxe() {
        return SegmentJudge.hasForeignPxe(findings);
    }
}
