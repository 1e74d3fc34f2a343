package org.pxemesh.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Two subjects' figures of the same rounds, of which less is better, and what chance may have done.
 *
 * @param ratio of the medians, ours to theirs
 * @param low lower end of the ratio's 95 % interval, by the bootstrap: rounds drawn anew, with both subjects' figures of
 *     a round together, since they share what else the machine did then
 * @param high its upper end
 * @param p how often figures that differ by chance alone would be told apart as well as these or better: the exact
 *     two-sided rank-sum test of Wilcoxon, Mann and Whitney
 */
public record Comparison(double ratio, double low, double high, double p) {

    private static final int DRAWS = 10_000;
    private static final double OUTSIDE = 0.025;

    /** From this on chance is no good explanation. */
    private static final double CHANCE = 0.05;

    /**
     * Compares.
     *
     * @param ours one figure per round, more than 0
     * @param theirs as many
     */
    public static Comparison of(List<Double> ours, List<Double> theirs) {
        if (ours.isEmpty() || ours.size() != theirs.size()) {
            throw new IllegalArgumentException(
                    "as many rounds of both, and at least one: " + ours.size() + " and " + theirs.size());
        }
        // The same figures give the same interval.
        Random random = new Random(1);
        double[] ratios = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Double> a = new ArrayList<>();
            List<Double> b = new ArrayList<>();
            for (int i = 0; i < ours.size(); i++) {
                int round = random.nextInt(ours.size());
                a.add(ours.get(round));
                b.add(theirs.get(round));
            }
            ratios[draw] = median(a) / median(b);
        }
        Arrays.sort(ratios);
        return new Comparison(
                median(ours) / median(theirs),
                ratios[(int) (DRAWS * OUTSIDE)],
                ratios[(int) (DRAWS * (1 - OUTSIDE)) - 1],
                rankSum(ours, theirs));
    }

    /** What the two tests say together: {@code faster}, {@code slower}, or {@code alike} where they do not agree. */
    public String verdict() {
        if (p < CHANCE && high < 1) {
            return "faster";
        }
        return p < CHANCE && low > 1 ? "slower" : "alike";
    }

    /** The middle one, or the mean of the two in the middle. */
    public static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Counts in how many of all ways to divide the ranks the sum is as far from its mean; equal figures share ranks. */
    private static double rankSum(List<Double> ours, List<Double> theirs) {
        List<Double> all = new ArrayList<>(ours);
        all.addAll(theirs);
        int[] doubled =
                all.stream().mapToInt(figure -> doubledRank(figure, all)).toArray();
        int total = Arrays.stream(doubled).sum();
        double[][] ways = new double[ours.size() + 1][total + 1];
        ways[0][0] = 1;
        for (int rank : doubled) {
            for (int n = ours.size(); n > 0; n--) {
                for (int sum = total; sum >= rank; sum--) {
                    ways[n][sum] += ways[n - 1][sum - rank];
                }
            }
        }
        int seen = Arrays.stream(doubled, 0, ours.size()).sum();
        double mean = (double) total * ours.size() / all.size();
        double as = 0;
        double of = 0;
        for (int sum = 0; sum <= total; sum++) {
            of += ways[ours.size()][sum];
            as += Math.abs(sum - mean) >= Math.abs(seen - mean) ? ways[ours.size()][sum] : 0;
        }
        return as / of;
    }

    private static int doubledRank(double figure, List<Double> all) {
        long less = all.stream().filter(other -> other < figure).count();
        long equal = all.stream().filter(other -> other == figure).count();
        return (int) (2 * less + equal + 1);
    }
}
