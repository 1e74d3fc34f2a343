package org.pxemesh.agent.watch;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.netboot.pxe.ReplyForm;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.SegmentJudge;

/** The last findings in a segment. For any thread. */
public final class SegmentWatch {
    private static final Logger LOG = Logger.getLogger(SegmentWatch.class);

    private volatile @Nullable List<Finding> seen;

    /** The segment was looked at again. */
    public void found(String interfaceName, List<Finding> now) {
        var before = findings();
        now.stream()
                .filter(finding -> !before.contains(finding))
                .forEach(finding -> LOG.warnf("event=found interface=%s finding=\"%s\"", interfaceName, finding));
        before.stream()
                .filter(finding -> !now.contains(finding))
                .forEach(finding ->
                        LOG.infof("event=found-no-more interface=%s finding=\"%s\"", interfaceName, finding));
        seen = List.copyOf(now);
    }

    /** Nobody looks here any more: what was seen may be gone. */
    public void forget() {
        seen = null;
    }

    /** What was seen at the last look; empty before the first one. */
    public Optional<List<Finding>> look() {
        return Optional.ofNullable(seen);
    }

    public List<Finding> findings() {
        return look().orElse(List.of());
    }

    /** The form that wins beside this segment's DHCP server, where that claims to be a boot server. */
    public Optional<ReplyForm> formBeside() {
        var now = findings();
        return now.isEmpty() ? Optional.empty() : SegmentJudge.formBeside(now);
    }

    /** Whether somebody else boots machines here, or says so. */
    public boolean hasForeignPxe() {
        return SegmentJudge.hasForeignPxe(findings());
    }
}
