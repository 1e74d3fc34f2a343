package org.pxemesh.agent.content;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.pxemesh.agent.store.ContentKeeper.NoRoom;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentNotKept;
import org.pxemesh.events.ContentProgressed;
import org.pxemesh.events.ContentRejected;

/** What HQ hears of this peer's gathering; confined to the swarm's thread. */
final class ContentReports {
    private static final Logger LOG = Logger.getLogger(ContentReports.class);
    private static final long PROGRESS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long REJECTED_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int REMEMBERED = 256;

    private final Neighbourhood neighbourhood;
    private final Map<String, Long> rejected = new HashMap<>();

    ContentReports(Neighbourhood neighbourhood) {
        this.neighbourhood = neighbourhood;
    }

    /** Not more often than every two seconds and package; true when it told. */
    boolean progressed(PackageJob job) {
        var now = System.nanoTime();
        if (job.isComplete()
                || job.bytesHeld == job.reportedBytes
                || now - job.reportedNanos < PROGRESS_EVERY_NANOS
                || job.index == null) {
            return false;
        }
        job.reportedNanos = now;
        tellProgress(job);
        return true;
    }

    private void tellProgress(PackageJob job) {
        job.reportedBytes = job.bytesHeld;
        var bytes = job.bytesHeld;
        var total = job.index == null ? job.pkg.bytes() : job.index.bytes();
        var wan = job.wanBytes;
        var lan = job.lanBytes;
        var reused = job.reusedBytes;
        neighbourhood.publish((site, segment, peer) ->
                new ContentProgressed(site, segment, peer, job.ref(), bytes, total, wan, lan, reused));
    }

    /** A last word on the progress, so that rates end with the truth, and then that it is whole. */
    void completed(PackageJob job) {
        if (job.bytesHeld != job.reportedBytes) {
            tellProgress(job);
        }
        var seconds = (System.nanoTime() - job.startedNanos) / 1e9;
        LOG.infof(
                "event=content-completed package=%s bytes=%d wan=%d lan=%d reused=%d seconds=%.1f",
                job.ref(), job.bytesHeld, job.wanBytes, job.lanBytes, job.reusedBytes, seconds);
        var wan = job.wanBytes;
        var lan = job.lanBytes;
        var reused = job.reusedBytes;
        var bytes = job.bytesHeld;
        neighbourhood.publish((site, segment, peer) ->
                new ContentCompleted(site, segment, peer, job.ref(), bytes, wan, lan, seconds, reused));
    }

    /** Logged and told to HQ once in ten minutes; the peer's reports say it as long as it is so. */
    void notKept(String packageRef, NoRoom no) {
        if (isNews(packageRef)) {
            LOG.warnf(
                    "event=content-not-kept package=%s needed=%d room=%d reason=\"%s\"",
                    packageRef, no.needed(), no.room(), no.reason());
            neighbourhood.publish((site, segment, peer) ->
                    new ContentNotKept(site, segment, peer, packageRef, no.needed(), no.room(), no.reason()));
        }
    }

    /** Logged and told to HQ once in ten minutes: a damaged source is asked again and again. */
    void rejected(String what, String name, String source, String reason) {
        if (!isNews(source + reason)) {
            return;
        }
        LOG.warnf("event=content-rejected what=%s name=%s source=%s reason=%s", what, name, source, reason);
        neighbourhood.publish(
                (site, segment, peer) -> new ContentRejected(site, segment, peer, what, name, source, reason));
    }

    private boolean isNews(String what) {
        var now = System.nanoTime();
        var last = rejected.get(what);
        if (last != null && now - last < REJECTED_AGAIN_NANOS) {
            return false;
        }
        if (rejected.size() >= REMEMBERED) {
            rejected.clear();
        }
        rejected.put(what, now);
        return true;
    }
}
