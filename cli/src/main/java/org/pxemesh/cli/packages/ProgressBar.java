package org.pxemesh.cli.packages;

import java.io.Console;
import java.io.PrintWriter;
import org.pxemesh.cli.Table;

/** A bar that redraws itself on a terminal; elsewhere one line per stage, so that logs stay short. */
final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean terminal;
    private String stage = "";
    private String drawn = "";

    ProgressBar(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** @param all 0 while it is not known */
    synchronized void show(String now, long done, long all) {
        if (terminal) {
            draw(line(now, done, all));
        } else if (!now.equals(stage)) {
            out.println(now);
            out.flush();
        }
        stage = now;
    }

    static String line(String stage, long done, long all) {
        int filled = all <= 0 ? 0 : (int) Math.clamp(done * WIDTH / all, 0, WIDTH);
        String amount = all <= 0 ? Table.bytes(done) : Table.bytes(done) + " of " + Table.bytes(all);
        return "%-12s [%s%s] %s".formatted(stage, "#".repeat(filled), ".".repeat(WIDTH - filled), amount);
    }

    private void draw(String line) {
        if (!line.equals(drawn)) {
            out.print("\r" + line + " ".repeat(Math.max(0, drawn.length() - line.length())));
            out.flush();
            drawn = line;
        }
    }

    /** Leaves the last state on a line of its own. */
    @Override
    public synchronized void close() {
        if (!drawn.isEmpty()) {
            out.println();
            out.flush();
            drawn = "";
        }
    }
}
