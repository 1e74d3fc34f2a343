package org.pxemesh.agent.boot;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootSigning;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.LoaderKind;
import org.pxemesh.policy.WindowsPlan;

/**
 * One boot of one client as this peer sees it. Guarded by {@link BootSessions}.
 *
 * <p>Package-private fields would do; the methods say what may happen.
 */
public final class BootSession {

    private final BootToken token;
    private final String mac;
    private final BootPlan plan;
    private final boolean discovered;
    private final long startedAt;
    private Set<String> served = Set.of();
    private long activeAt;
    private int files;
    private long bytes;
    private boolean wentOn;
    private boolean delivered;
    private boolean completed;

    /**
     * @param discovered whether a DISCOVER began it: only such a boot is reported
     * @param now monotonic milliseconds
     */
    BootSession(BootToken token, String mac, BootPlan plan, boolean discovered, long startedAt, long now) {
        this.token = token;
        this.mac = mac;
        this.plan = plan;
        this.discovered = discovered;
        this.startedAt = startedAt;
        this.activeAt = now;
    }

    /** The same boot under a plan that was decided anew. */
    BootSession withPlan(BootPlan newPlan, long now) {
        BootSession next = new BootSession(token, mac, newPlan, discovered, startedAt, now);
        next.served = served.isEmpty() ? served : new HashSet<>(served);
        next.files = files;
        next.bytes = bytes;
        next.wentOn = wentOn && newPlan.nbp().equals(plan.nbp());
        next.delivered = delivered;
        next.completed = completed;
        return next;
    }

    public UUID bootId() {
        return token.bootId();
    }

    /** How addresses name it. */
    public BootToken token() {
        return token;
    }

    /** Lower case with colons. */
    public String mac() {
        return mac;
    }

    public BootPlan plan() {
        return plan;
    }

    public boolean discovered() {
        return discovered;
    }

    /** Seconds since the first DISCOVER that this peer answered. */
    public double seconds(long now) {
        return (now - startedAt) / 1000.0;
    }

    int files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    boolean isDelivered() {
        return delivered;
    }

    boolean isCompleted() {
        return completed;
    }

    long activeAt() {
        return activeAt;
    }

    void touch(long now) {
        activeAt = now;
    }

    void count(String path, long fileBytes, boolean acknowledged, long now) {
        if (acknowledged) {
            if (served.isEmpty()) {
                served = new HashSet<>();
            }
            served.add(path);
        }
        wentOn |= !path.equals(plan.nbp());
        files++;
        bytes += fileBytes;
        activeAt = now;
    }

    /** Whether the last file of the plan has been fetched and this was not told before. */
    boolean becomesDelivered() {
        if (delivered || !servedWhatBoots()) {
            return false;
        }
        delivered = true;
        return true;
    }

    /**
     * A Windows PE boots from its image, a Linux from kernel and initrd; everything else from its first program, which
     * fetches what it likes.
     */
    private boolean servedWhatBoots() {
        WindowsPlan windows = plan.windows();
        if (windows != null) {
            return served.contains(windows.boot().bootWim());
        }
        String kernel = plan.kernel();
        String initrd = plan.initrd();
        if (kernel == null) {
            return served.contains(plan.nbp());
        }
        return served.contains(BootDisk.NAME) || served.contains(kernel) && (initrd == null || served.contains(initrd));
    }

    /**
     * The signing of a boot manager that was fetched whole and fetched nothing then, as when Secure Boot does not trust who
     * signed it (Q111); null otherwise. A program that asks somebody is not judged: a "no" looks the same.
     */
    @Nullable
    BootSigning refusedSigning() {
        WindowsPlan windows = plan.windows();
        if (windows == null) {
            return null;
        }
        boolean refused = plan.loader() == LoaderKind.WINDOWS
                && plan.architecture().isUefi()
                && !plan.prompt()
                && served.contains(plan.nbp())
                && !wentOn;
        return refused ? windows.boot().signedBy() : null;
    }

    /** Whether a Windows PE's image has reached the machine. */
    boolean hasWindowsImage() {
        return plan.windows() != null && delivered;
    }

    /**
     * Whether silence from now on means that the boot failed: not when the machine was sent to its own disk, and not when
     * a Windows PE has its image: one without a driver for the network, or under a name of its own, does not tell.
     */
    boolean expectsCheckIn() {
        return discovered && plan.loader() != LoaderKind.LOCAL_DISK && !hasWindowsImage();
    }

    boolean becomesCompleted() {
        boolean first = !completed;
        completed = true;
        return first;
    }
}
