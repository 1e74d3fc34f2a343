package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Make a computer known.")
final class CreateComputer extends Create {

    @Option(names = "--mac", paramLabel = "MAC", description = "for example 52:54:00:00:00:01; may be repeated")
    private @Nullable List<String> macs;

    @Option(names = "--guid", paramLabel = "GUID", description = "SMBIOS GUID, as firmware setup prints it")
    private @Nullable String guid;

    @Option(names = "--site", paramLabel = "NAME|ID", description = "its home")
    private @Nullable String site;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "what rules look at; may be repeated")
    private @Nullable Map<String, String> labels;

    @Option(names = "--collection", paramLabel = "NAME|ID", description = "a list to put it on; may be repeated")
    private @Nullable List<String> collections;

    CreateComputer() {
        super(Kind.COMPUTER);
    }

    @Override
    void fill(ObjectNode body) {
        put(body, "macs", macs);
        put(body, "smbiosGuid", guid);
        if (site != null) {
            body.put("siteId", Kind.SITE.id(hq(), site));
        }
        if (labels != null) {
            labels.forEach(body.putObject("labels")::put);
        }
        putIds(body, "collections", Kind.COLLECTION, collections);
    }
}
