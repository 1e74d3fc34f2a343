package org.pxemesh.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that needs another one after it. */
@Command
public final class Group implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    /** Adds an empty group; its commands are added to what is returned, so that they inherit the common options. */
    public static CommandLine addTo(CommandLine root, String name, String description) {
        CommandLine group = new CommandLine(new Group());
        group.getCommandSpec().usageMessage().description(description);
        root.addSubcommand(name, group);
        return group;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say what to do: one of "
                            + String.join(", ", spec.subcommands().keySet()));
        }
    }
}
