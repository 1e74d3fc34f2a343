package org.pxemesh.bench.wan;

import java.util.List;

/** The lines of a program's output that begin with one word: a time in nanoseconds, then figures. */
record Series(List<String[]> lines) {
    static Series of(String log, String word) {
        // The last line may still be being written.
        String whole = log.substring(0, log.lastIndexOf('\n') + 1);
        return new Series(whole.lines()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.split(" "))
                .toList());
    }

    /** Time of the first line, nanoseconds. */
    long begin() {
        return time(lines.getFirst());
    }

    /** Time of the last line, nanoseconds. */
    long end() {
        return time(lines.getLast());
    }

    private static long time(String[] line) {
        return Long.parseLong(line[1]);
    }

    private static double figure(String[] line, int column) {
        return Double.parseDouble(line[column]);
    }

    /** How much a figure that only grows grew between two times. */
    double grownBetween(int column, long from, long to) {
        return at(column, to) - at(column, from);
    }

    /** The last figure up to a time; 0 before the first. */
    private double at(int column, long time) {
        double last = 0;
        for (String[] line : lines) {
            if (time(line) > time) {
                break;
            }
            last = figure(line, column);
        }
        return last;
    }

    /** The figures between two times, ascending. */
    double[] sorted(int column, long from, long to) {
        return lines.stream()
                .filter(line -> time(line) >= from && time(line) < to)
                .mapToDouble(line -> figure(line, column))
                .sorted()
                .toArray();
    }

    /**
     * When a figure first grew by less (or not less) than so much in each of the three steps before; -1 = never.
     *
     * @param perSecond the bound
     */
    long when(int column, long from, boolean isBelow, double perSecond) {
        int inARow = 0;
        for (int i = 1; i < lines.size(); i++) {
            String[] line = lines.get(i);
            String[] before = lines.get(i - 1);
            double rate = (figure(line, column) - figure(before, column)) * 1e9 / (time(line) - time(before));
            inARow = time(line) > from && rate < perSecond == isBelow ? inARow + 1 : 0;
            if (inARow == 3) {
                return time(lines.get(i - 2));
            }
        }
        return -1;
    }

    /** @param part 0 to 1 */
    static double percentile(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
    }
}
