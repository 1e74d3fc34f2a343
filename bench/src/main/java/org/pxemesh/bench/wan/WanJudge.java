package org.pxemesh.bench.wan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pxemesh.bench.Report;

/** Makes rows and budgets of what was recorded at one round-trip time. */
final class WanJudge {
    /** Payload of a full packet with the timestamps that Linux sends, of what the link carries for it. */
    private static final double PAYLOAD = 1448.0 / 1500;

    private static final int FLOW_BYTES = 2;
    private static final int OUR_BYTES = 2;
    private static final int ECHO_MILLIS = 2;
    private static final int PASSED_FOREGROUND = 2;
    private static final int PASSED_CONTENT = 3;
    private static final int DROPS = 4;

    private final Report report;
    private final double capacity;
    private final String name;
    private final int kbit;
    private final int queue;
    private final int rtt;
    private final int uplinks;
    private final int limit;

    /** @param limit of the site, kbit/s; 0 = none */
    WanJudge(Report report, int kbit, int queue, int rtt, int uplinks, int limit) {
        this.report = report;
        this.kbit = kbit;
        this.queue = queue;
        this.rtt = rtt;
        this.uplinks = uplinks;
        this.limit = limit;
        this.capacity = kbit * 1000.0 / 8;
        this.name = "rtt " + rtt + " ms" + (uplinks == 1 ? "" : ", " + uplinks + " uplinks");
    }

    /** When all of them fetch, nanoseconds. */
    static long begin(List<Series> ours) {
        return ours.stream().mapToLong(Series::begin).max().orElseThrow();
    }

    private static double fetched(List<Series> ours, long from, long to) {
        return ours.stream()
                .mapToDouble(one -> one.grownBetween(OUR_BYTES, from, to))
                .sum();
    }

    /**
     * @param alone the foreground without us
     * @param beside the foreground with us
     * @param ours what each uplink fetched
     * @param until when the foreground was started beside us
     */
    void judge(Series alone, Series beside, List<Series> ours, Series echo, Series relay, long until) {
        double solo = rate(alone);
        double kept = rate(beside) / solo;
        row("foreground", "alone").put("mbit_per_s", mbit(solo)).put("link_share", round(solo / (capacity * PAYLOAD)));

        long begin = begin(ours);
        double mine = fetched(ours, begin, until) * 1e9 / (until - begin);
        double share = mine / (capacity * PAYLOAD);
        double[] echoes = echo.sorted(ECHO_MILLIS, begin, until);
        double idle = echo.sorted(ECHO_MILLIS, 0, Long.MAX_VALUE)[0];
        double p95 = Series.percentile(echoes, 0.95) - idle;
        long full = relay.when(PASSED_CONTENT, begin, false, capacity * 0.9);
        row("content", "alone")
                .put("mbit_per_s", mbit(mine))
                .put("link_share", round(share))
                .put("least_uplink_mbit_per_s", mbit(least(ours, begin, until)))
                .put(
                        "wire_share",
                        round(relay.grownBetween(PASSED_CONTENT, begin, until) * 1e9 / (until - begin) / capacity))
                .put("seconds_until_full", full < 0 ? -1 : round((full - begin) / 1e9))
                .put("added_delay_p50_ms", round(Series.percentile(echoes, 0.5) - idle))
                .put("added_delay_p95_ms", round(p95))
                .put("added_delay_p99_ms", round(Series.percentile(echoes, 0.99) - idle))
                .put("echoes", echoes.length)
                .put("drops", (long) relay.grownBetween(DROPS, begin, until));

        long end = beside.end();
        long met = relay.when(PASSED_FOREGROUND, until, false, capacity * 0.02);
        long below = relay.when(PASSED_CONTENT, met, true, capacity * 0.1);
        double yielded = round(((below < 0 ? end : below) - met) / 1e9);
        row("foreground", "beside content")
                .put("mbit_per_s", mbit(rate(beside)))
                .put("share_kept", round(kept));
        long back = relay.when(PASSED_CONTENT, end, false, capacity * 0.8);
        row("content", "beside foreground")
                .put("mbit_per_s", mbit(fetched(ours, met, end) * 1e9 / (end - met)))
                .put("seconds_until_yielded", yielded)
                .put("seconds_until_back", back < 0 ? -1 : round((back - end) / 1e9));

        report.atLeast("foreground keeps of its solo rate, " + name, round(kept), 0.95);
        if (limit > 0) {
            report.atMost("content takes of the site's limit, " + name, round(mine / (limit * 125.0)), 1.02);
        } else {
            report.atLeast("content uses of an idle link, " + name, round(share), 0.90);
            report.atMost("seconds until content has yielded, " + name, yielded, 1);
        }
        report.atMost("added delay p95 in ms, content alone, " + name, round(p95), 30);
    }

    private static double least(List<Series> ours, long from, long to) {
        return ours.stream()
                .mapToDouble(one -> fetched(List.of(one), from, to) * 1e9 / (to - from))
                .min()
                .orElseThrow();
    }

    private ObjectNode row(String subject, String testCase) {
        return report.row(subject, testCase)
                .put("rtt_ms", rtt)
                .put("link_kbit", kbit)
                .put("queue_ms", queue)
                .put("uplinks", uplinks);
    }

    private static double rate(Series flow) {
        return flow.grownBetween(FLOW_BYTES, flow.begin(), flow.end()) * 1e9 / (flow.end() - flow.begin());
    }

    private static double mbit(double bytesPerSecond) {
        return round(bytesPerSecond * 8 / 1e6);
    }

    private static double round(double figure) {
        return Math.round(figure * 1000) / 1000.0;
    }
}
