package org.pxemesh.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What several subjects did in one case. They take turns within each round, so that what else the machine does meets all
 * of them; of each figure the median of the rounds counts.
 *
 * @param <T> one round of one subject
 */
public record Samples<T>(List<T> rounds) {

    /** Lets each subject have its round, again and again. */
    public static <S, T> Map<S, Samples<T>> inTurns(int rounds, List<S> subjects, Function<S, T> round) {
        Map<S, List<T>> all = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (S subject : subjects) {
                all.computeIfAbsent(subject, s -> new ArrayList<>()).add(round.apply(subject));
            }
        }
        Map<S, Samples<T>> samples = new LinkedHashMap<>();
        all.forEach((subject, own) -> samples.put(subject, new Samples<>(own)));
        return samples;
    }

    /** @param decimals to which it is rounded */
    public double median(ToDoubleFunction<T> figure, int decimals) {
        List<Double> sorted =
                rounds.stream().map(figure::applyAsDouble).sorted().toList();
        double scale = Math.pow(10, decimals);
        return Math.round(sorted.get(sorted.size() / 2) * scale) / scale;
    }

    /** All rounds together. */
    public double sum(ToDoubleFunction<T> figure) {
        return rounds.stream().mapToDouble(figure).sum();
    }
}
