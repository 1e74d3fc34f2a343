package org.pxemesh.bench;

import java.util.concurrent.Callable;
import org.pxemesh.lab.LabException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * One bench: a subclass bears picocli's {@link Command} with name and description and is listed in {@link Main}. The
 * figures are written also when it breaks off, with {@code ok} false and the error.
 */
public abstract class Bench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Made and filled in by picocli. */
    @SuppressWarnings("NullAway.Init")
    protected Bench() {}

    /** Measures, and says with {@link Report#atLeast} and {@link Report#atMost} what had to hold. */
    protected abstract void measure(Report report) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        Report report = new Report(spec.name());
        try {
            measure(report);
        } catch (LabException e) {
            report.failed(String.valueOf(e.getMessage()));
            System.err.println("mesh: " + e.getMessage());
        }
        System.out.println(report.write());
        return report.isOk() ? 0 : 1;
    }

    /** Progress, for people: stdout bears the result alone. */
    protected static void say(String line) {
        System.err.println(line);
    }
}
