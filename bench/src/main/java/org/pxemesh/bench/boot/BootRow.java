package org.pxemesh.bench.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.pxemesh.bench.Comparison;

/** What the report says of one subject's boots: medians first, then each boot. */
final class BootRow {

    private BootRow() {}

    static void write(ObjectNode row, List<BootSteps> boots) {
        row.put("seconds", median(boots, BootSteps::seconds));
        row.put("seconds-to-last-byte", median(boots, BootSteps::secondsToLastByte));
        ObjectNode steps = row.putObject("steps-seconds");
        for (Step step : Step.values()) {
            steps.put(step.label(), median(boots, boot -> boot.steps().getOrDefault(step, 0.0)));
        }
        row.put("questions", median(boots, boot -> (double) boot.questions()));
        row.put("answer-seconds", median(boots, BootSteps::answerSeconds));
        boots.forEach(boot -> row.withArray("all").add(rounded(boot.seconds())));
        for (BootSteps boot : boots) {
            ObjectNode one = row.withArray("boots").addObject();
            one.put("seconds", rounded(boot.seconds()));
            boot.steps().forEach((step, seconds) -> one.put(step.label(), rounded(seconds)));
            one.put("questions", boot.questions()).put("answer-seconds", rounded(boot.answerSeconds()));
        }
    }

    /** Ratio, what chance may have done, and what that means. */
    static void write(ObjectNode row, Comparison comparison) {
        row.put("ratio", rounded(comparison.ratio()));
        row.putArray("ratio-95-percent").add(rounded(comparison.low())).add(rounded(comparison.high()));
        row.put("p", rounded(comparison.p())).put("verdict", comparison.verdict());
    }

    private static double median(List<BootSteps> boots, Function<BootSteps, Double> figure) {
        return rounded(Comparison.median(boots.stream().map(figure).toList()));
    }

    /** To tenths of a millisecond, or of a thousandth. */
    static double rounded(double figure) {
        return Math.round(figure * 10_000) / 10_000.0;
    }
}
