package org.pxemesh.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.hq.HqClient;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something; its exit code is 0 unless it throws. */
public abstract class Leaf implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    /** Does it. */
    protected abstract void run() throws Exception;

    @Override
    public Integer call() throws Exception {
        run();
        return 0;
    }

    protected CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command's model");
        }
        return spec;
    }

    protected HqClient hq() {
        return root().hq();
    }

    protected Pxemesh root() {
        return (Pxemesh) spec().root().userObject();
    }

    /** Whether what HQ sent is to be printed as it is. */
    protected boolean json() {
        return root().json();
    }

    protected PrintWriter out() {
        return spec().commandLine().getOut();
    }

    protected PrintWriter err() {
        return spec().commandLine().getErr();
    }

    /** One object: as HQ sent it with {@code --json}, else a member a line. */
    protected void show(List<Table.Column> columns, JsonNode body) {
        if (root().json()) {
            out().println(body.toPrettyString());
        } else {
            Table.print(out(), columns, body);
        }
    }

    /** A list: as HQ sent it with {@code --json}, else a line each. */
    protected void list(List<Table.Column> columns, JsonNode body) {
        if (root().json()) {
            out().println(body.toPrettyString());
        } else {
            Table.print(out(), columns, (Iterable<JsonNode>) body);
        }
    }

    /** A list in an object: the object as HQ sent it with {@code --json}, else a line each. */
    protected void list(List<Table.Column> columns, JsonNode body, String member) {
        if (root().json()) {
            out().println(body.toPrettyString());
        } else {
            Table.print(out(), columns, (Iterable<JsonNode>) body.path(member));
        }
    }

    /** A sentence for people; scripts that asked for JSON get the object instead. */
    protected void done(JsonNode body, String sentence) {
        out().println(root().json() ? body.toPrettyString() : sentence);
    }
}
