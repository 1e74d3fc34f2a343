package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Make a collection: by a rule, or as a list that computers are put on.")
final class CreateCollection extends Create {

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "for example \"chassis = desktop and site = Paris\"; without it, a list is made")
    private @Nullable String rule;

    CreateCollection() {
        super(Kind.COLLECTION);
    }

    @Override
    void fill(ObjectNode body) {
        put(body, "rule", rule);
        body.put("kind", rule == null ? "LIST" : "RULE");
    }
}
