package org.pxemesh.bench.tftp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.Tree;

/** The rates of all cases as bars, a group per case: {@code target/bench/tftp.svg}. */
final class RatePlot {
    private static final Map<String, String> COLOURS =
            Map.of("ours", "#0b7285", "dnsmasq", "#adb5bd", "tftpd-hpa", "#868e96", "atftpd", "#495057");
    private static final int WIDTH = 900;
    private static final int LEFT = 270;
    private static final int BAR = 9;
    private static final int GAP = 8;

    private RatePlot() {}

    /** Each case has a scale of its own: a lock-step row would vanish beside a windowed one. */
    static Path write(List<JsonNode> rows) {
        Path file = Tree.root().resolve("target/bench/tftp.svg");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, svg(rows));
        } catch (IOException e) {
            throw new LabException("the plot " + file + " cannot be written: " + e.getMessage(), e);
        }
        return file;
    }

    static String svg(List<JsonNode> rows) {
        Map<String, Map<String, Double>> cases = new LinkedHashMap<>();
        for (JsonNode row : rows) {
            cases.computeIfAbsent(row.path("case").asText(), c -> new LinkedHashMap<>())
                    .put(row.path("subject").asText(), row.path("MBps").asDouble());
        }
        StringBuilder out = new StringBuilder();
        int y = 40;
        for (Map.Entry<String, Map<String, Double>> group : cases.entrySet()) {
            double most = group.getValue().values().stream().reduce(0.001, Math::max);
            out.append(text(LEFT - 8, y + group.getValue().size() * BAR / 2 + 4, "end", group.getKey()));
            for (Map.Entry<String, Double> bar : group.getValue().entrySet()) {
                int length = (int) Math.round(bar.getValue() / most * (WIDTH - LEFT - 130));
                out.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n"
                        .formatted(LEFT, y, Math.max(length, 1), BAR - 1, colour(bar.getKey())));
                String figure = String.format(Locale.ROOT, "%s %.1f", bar.getKey(), bar.getValue());
                out.append(text(LEFT + length + 5, y + BAR - 1, "start", figure));
                y += BAR;
            }
            y += GAP;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="10">
                <rect width="100%%" height="100%%" fill="white"/>
                %s%s</svg>
                """.formatted(
                        WIDTH, y + 10, text(LEFT, 24, "start", "TFTP, MB/s by case; each case has its own scale"), out);
    }

    private static String colour(String subject) {
        return COLOURS.getOrDefault(subject, "black");
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, text);
    }
}
