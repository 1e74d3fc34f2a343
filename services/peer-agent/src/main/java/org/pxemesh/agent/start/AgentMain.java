package org.pxemesh.agent.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.training.Training;

/**
 * {@code java -jar quarkus-run.jar} runs the agent; {@code status} asks the one that runs on this machine, and
 * {@code train} is the run that an AOT cache is made of. The script {@code pxemesh-agent} starts all of them.
 */
@QuarkusMain
public final class AgentMain {
    static final String TRAIN = "train";

    private AgentMain() {}

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals("status")) {
            System.exit(StatusCommand.run());
        }
        if (args.length > 0 && args[0].equals(TRAIN)) {
            Training.prepare();
        } else if (args.length > 0) {
            System.err.println("pxemesh-agent: unknown command " + args[0] + "; known: status, train, or none to run");
            System.exit(2);
        }
        Quarkus.run(AgentRun.class, AgentMain::exit, args);
    }

    /** This build. */
    static String version() {
        return Optional.ofNullable(AgentMain.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }

    private static void exit(Integer code, Throwable failure) {
        if (failure != null) {
            problem(failure)
                    .ifPresentOrElse(
                            problem -> System.err.println("pxemesh-agent: " + problem.getMessage()),
                            () -> failure.printStackTrace(System.err));
        }
        System.exit(failure == null ? code : 2);
    }

    private static Optional<StartProblem> problem(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartProblem problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }
}
