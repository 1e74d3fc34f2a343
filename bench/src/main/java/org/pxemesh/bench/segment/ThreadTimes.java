package org.pxemesh.bench.segment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Processor time of a process by the names of its threads, as Linux counts it. */
final class ThreadTimes {
    /** Clock ticks a second in /proc, the same on all of Linux's machines for user programs. */
    private static final double TICKS = 100;

    /** Fields 14 and 15 of {@code stat}, counted after the name. */
    private static final int USER = 11;

    private ThreadTimes() {}

    /** Seconds by name without its numbers; threads that ended meanwhile are not in it. */
    static Map<String, Double> seconds(long pid) {
        Map<String, Double> byName = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                add(task, byName);
            }
        } catch (IOException e) {
            // The process ended: it has no threads.
            return byName;
        }
        return byName;
    }

    private static void add(Path task, Map<String, Double> byName) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[0-9]+", "#");
            String[] rest = stat.substring(end + 2).split(" ");
            double ticks = Long.parseLong(rest[USER]) + Long.parseLong(rest[USER + 1]);
            byName.merge(name, ticks / TICKS, Double::sum);
        } catch (IOException e) {
            // This thread ended meanwhile.
            return;
        }
    }
}
