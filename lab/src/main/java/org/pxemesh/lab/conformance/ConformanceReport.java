package org.pxemesh.lab.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.zoo.audit.Finding;
import org.pxemesh.zoo.audit.Finding.Verdict;

/** The findings for people and for programs. */
final class ConformanceReport {

    private static final String ROW = "%-16s %7s %7s %7s%n";

    private ConformanceReport() {}

    static boolean passed(Map<String, List<Finding>> results) {
        return results.values().stream().flatMap(List::stream).noneMatch(Finding::failed);
    }

    /** A row per model, then every failed check with what was expected and seen. */
    static String table(Map<String, List<Finding>> results) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, ROW, "model", "passed", "failed", "n/a"));
        results.forEach((model, findings) -> text.append(String.format(
                Locale.ROOT,
                ROW,
                model,
                count(findings, Verdict.PASSED),
                count(findings, Verdict.FAILED),
                count(findings, Verdict.NOT_APPLICABLE))));
        details(text, results, Verdict.FAILED, "failed");
        details(text, results, Verdict.NOT_APPLICABLE, "not applicable");
        return text.toString();
    }

    private static void details(StringBuilder text, Map<String, List<Finding>> results, Verdict verdict, String title) {
        results.forEach((model, findings) -> findings.stream()
                .filter(f -> f.verdict() == verdict)
                .forEach(f -> text.append(String.format(
                        Locale.ROOT,
                        "%n%s: %s %s %s%n    %s%s",
                        title,
                        model,
                        f.fact(),
                        f.check(),
                        f.expected().isEmpty() ? "" : "expected " + f.expected() + "; saw ",
                        f.seen()))));
        text.append(System.lineSeparator());
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(f -> f.verdict() == verdict).count();
    }

    static ObjectNode json(String host, Map<String, List<Finding>> results) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("ok", passed(results)).put("host", host);
        ObjectNode models = root.putObject("models");
        results.forEach((model, findings) -> {
            ObjectNode node = models.putObject(model);
            for (Verdict verdict : Verdict.values()) {
                node.put(verdict.name().toLowerCase(Locale.ROOT), count(findings, verdict));
            }
            ArrayNode checks = node.putArray("checks");
            findings.forEach(f -> checks.addObject()
                    .put("fact", f.fact())
                    .put("check", f.check())
                    .put("verdict", f.verdict().name().toLowerCase(Locale.ROOT))
                    .put("expected", f.expected())
                    .put("seen", f.seen()));
        });
        return root;
    }
}
