package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Say who boots a package, and how.")
final class CreateDeployment extends Create {

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            required = true,
            description = "required (boots unasked), available (asks first) or local (its own disk)")
    private String kind = "";

    @Option(names = "--package", paramLabel = "NAME@VERSION", description = "what boots")
    private @Nullable String packageRef;

    @Option(names = "--collection", paramLabel = "NAME|ID", description = "computers that it is for")
    private @Nullable String collection;

    @Option(names = "--unknown-computers", description = "it is for machines that HQ does not know")
    private boolean unknownComputers;

    @Option(names = "--argument", paramLabel = "WORD", description = "for the kernel; may be repeated")
    private @Nullable List<String> arguments;

    @Option(
            names = "--pxe-menu",
            description = "available: where no program of the package can ask, the firmware's own PXE menu does;"
                    + " try it with each model first")
    private boolean pxeMenu;

    CreateDeployment() {
        super(Kind.DEPLOYMENT);
    }

    @Override
    void fill(ObjectNode body) {
        put(body, "kind", upper(kind));
        put(body, "packageRef", packageRef);
        if (collection != null) {
            body.put("collection", Kind.COLLECTION.id(hq(), collection));
        }
        body.put("unknownComputers", unknownComputers);
        put(body, "arguments", arguments);
        if (pxeMenu) {
            body.put("pxeMenu", true);
        }
    }
}
