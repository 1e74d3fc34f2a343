package org.pxemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON objects as aligned columns for people. */
public final class Table {

    private static final String GAP = "  ";

    /**
     * One column.
     *
     * @param head in capitals
     * @param cell what an object shows in it
     */
    public record Column(String head, Function<JsonNode, String> cell) {

        /** The member of this name; lists are joined by commas, what is missing is a dash. */
        public static Column of(String head, String member) {
            return new Column(head, row -> text(row.path(member)));
        }
    }

    private Table() {}

    public static void print(PrintWriter out, List<Column> columns, Iterable<JsonNode> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::head).toList());
        for (JsonNode row : rows) {
            lines.add(columns.stream().map(column -> column.cell().apply(row)).toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .repeat(' ', widths[i] - line.get(i).length())
                        .append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** One object, a member a line. */
    public static void print(PrintWriter out, List<Column> columns, JsonNode row) {
        int width = columns.stream()
                .mapToInt(column -> column.head().length())
                .max()
                .orElse(0);
        for (Column column : columns) {
            String[] lines = column.cell().apply(row).split("\n", -1);
            out.println(column.head().toLowerCase(Locale.ROOT)
                    + " ".repeat(width - column.head().length())
                    + GAP
                    + String.join("\n" + " ".repeat(width) + GAP, Arrays.asList(lines)));
        }
    }

    public static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        if (value.isArray()) {
            String all = StreamSupport.stream(value.spliterator(), false)
                    .map(Table::text)
                    .collect(Collectors.joining(", "));
            return all.isEmpty() ? "-" : all;
        }
        return value.isObject() ? value.toString() : value.asText();
    }

    /** Bytes in the unit that keeps them short. */
    public static String bytes(long bytes) {
        if (bytes < 1_000_000) {
            return (bytes + 999) / 1000 + " kB";
        }
        return bytes < 1_000_000_000L ? "%.1f MB".formatted(bytes / 1e6) : "%.2f GB".formatted(bytes / 1e9);
    }
}
