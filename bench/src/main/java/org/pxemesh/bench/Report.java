package org.pxemesh.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;

/**
 * What {@code target/bench/NAME.json} says: {@code ok}, the {@code budgets} that decide it, and one of {@code rows} per
 * subject and case.
 */
public final class Report {
    private final String bench;
    private final ObjectNode result = new ObjectMapper().createObjectNode();
    private boolean kept = true;
    private boolean judged;

    /** @param bench the name of the bench and of its file */
    public Report(String bench) {
        this.bench = bench;
        result.put("ok", false).put("bench", bench);
        result.put("cores", Runtime.getRuntime().availableProcessors());
        result.putArray("budgets");
        result.putArray("rows");
    }

    /**
     * A new row; the caller adds the figures, with the unit in each name.
     *
     * @param subject what was measured, for example {@code ours} or {@code dnsmasq}
     * @param testCase under which circumstances
     */
    public ObjectNode row(String subject, String testCase) {
        return result.withArray("rows").addObject().put("subject", subject).put("case", testCase);
    }

    /** The rows of a case, for judging. */
    public List<JsonNode> rows(String testCase) {
        return result.withArray("rows")
                .valueStream()
                .filter(row -> row.path("case").asText().equals(testCase))
                .toList();
    }

    /**
     * A figure of a row.
     *
     * @throws LabException when the subject has no row in that case
     */
    public double figure(String testCase, String subject, String figure) {
        return rows(testCase).stream()
                .filter(row -> row.path("subject").asText().equals(subject))
                .findFirst()
                .orElseThrow(() -> new LabException(subject + " was not measured: " + testCase))
                .path(figure)
                .asDouble();
    }

    /** All rows. */
    public List<JsonNode> rows() {
        return result.withArray("rows").valueStream().toList();
    }

    /**
     * Takes over the rows of the last run whose cases have none in this one: a long bench can run in parts. Judge before:
     * only what one run has measured is comparable.
     */
    public void keepEarlierRows() {
        if (!Files.exists(file())) {
            return;
        }
        try {
            List<String> measured =
                    rows().stream().map(row -> row.path("case").asText()).toList();
            for (JsonNode row : new ObjectMapper().readTree(file().toFile()).path("rows")) {
                if (!measured.contains(row.path("case").asText())) {
                    result.withArray("rows").add(row);
                }
            }
        } catch (IOException e) {
            throw new LabException("the earlier result " + file() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path file() {
        return Tree.root().resolve("target/bench/" + bench + ".json");
    }

    /** What the machine or the run was like: stands beside the rows. */
    public void note(String key, JsonNode value) {
        result.set(key, value);
    }

    /** Judges a figure that must not be less than a bound. */
    public void atLeast(String budget, double figure, double bound) {
        budget(budget, figure, bound, figure >= bound);
    }

    /** Judges a figure that must not be more than a bound. */
    public void atMost(String budget, double figure, double bound) {
        budget(budget, figure, bound, figure <= bound);
    }

    private void budget(String budget, double figure, double bound, boolean isKept) {
        judged = true;
        kept &= isKept;
        result.withArray("budgets")
                .addObject()
                .put("budget", budget)
                .put("figure", figure)
                .put("bound", bound)
                .put("kept", isKept);
    }

    void failed(String error) {
        kept = false;
        result.put("error", error);
    }

    /** All budgets are kept, and there was at least one: a bench that judged nothing proved nothing. */
    public boolean isOk() {
        return judged && kept;
    }

    /** Writes the file; its content in one line. */
    String write() {
        result.put("ok", isOk());
        Path file = file();
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, result.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new LabException("the result " + file + " cannot be written: " + e.getMessage(), e);
        }
        return result.toString();
    }
}
