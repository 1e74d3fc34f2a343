package org.pxemesh.cli.things;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pxemesh.cli.hq.Answer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Make a policy for the peers in some collections.")
final class CreatePolicy extends Create {

    @Option(
            names = "--collection",
            paramLabel = "NAME|ID",
            required = true,
            description = "peers that it is for; may be repeated")
    private @Nullable List<String> collections;

    @Option(names = "--mode", paramLabel = "MODE", description = "answer (default) or observe")
    private @Nullable String mode;

    @Option(
            names = "--unknown-computers",
            paramLabel = "WHAT",
            description = "ignore (default) or boot machines that HQ does not know")
    private @Nullable String unknownComputers;

    @Option(names = "--hold", paramLabel = "WHAT", description = "deployed (default), listed or nothing")
    private @Nullable String hold;

    @Option(
            names = "--package",
            paramLabel = "NAME@VERSION",
            description = "what to hold where --hold is listed; may be repeated")
    private @Nullable List<String> packages;

    @Option(
            names = "--holders",
            paramLabel = "WHO",
            defaultValue = "all",
            description = "all peers (default), some (5 of each segment), or how many of each segment")
    private String holders = "";

    @Option(
            names = "--upload-rate",
            paramLabel = "BYTES",
            description = "per second that a peer gives its neighbours at most, 65536 or more; unbounded unless said"
                    + " otherwise")
    private @Nullable Long uploadRate;

    @Option(
            names = "--tftp-block-size",
            paramLabel = "BYTES",
            description = "that Windows' boot manager asks for, 512 to 16384; 1456 unless said otherwise")
    private @Nullable Integer tftpBlockSize;

    @Option(
            names = "--tftp-window-size",
            paramLabel = "BLOCKS",
            description = "that Windows' boot manager asks for, 1 to 64; 4 unless said otherwise")
    private @Nullable Integer tftpWindowSize;

    @Option(
            names = "--prompt-seconds",
            paramLabel = "SECONDS",
            description = "for an answer where a machine asks before it boots, 1 to 3600; 15 unless said otherwise")
    private @Nullable Integer promptSeconds;

    @Option(names = "--enable", description = "enable it at once")
    private boolean enable;

    CreatePolicy() {
        super(Kind.POLICY);
    }

    @Override
    void fill(ObjectNode body) {
        putIds(body, "collections", Kind.COLLECTION, collections);
        put(body, "mode", upper(mode));
        put(body, "unknownComputers", upper(unknownComputers));
        ObjectNode holding = body.putObject("hold");
        putHolders(holding);
        put(holding, "kind", upper(hold));
        put(holding, "packages", packages);
        if (uploadRate != null) {
            holding.put("uploadBytesPerSecond", uploadRate);
        }
        if (tftpBlockSize != null) {
            body.put("tftpBlockSize", tftpBlockSize);
        }
        if (tftpWindowSize != null) {
            body.put("tftpWindowSize", tftpWindowSize);
        }
        if (promptSeconds != null) {
            body.put("promptSeconds", promptSeconds);
        }
    }

    private void putHolders(ObjectNode holding) {
        switch (holders.toLowerCase(Locale.ROOT)) {
            case "all" -> holding.put("holdersPerSegment", 0);
            case "some" -> holding.put("spread", "PER_SEGMENT");
            default -> holding.put("spread", "PER_SEGMENT").put("holdersPerSegment", number(holders));
        }
    }

    private int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.ParameterException(
                    spec().commandLine(), "--holders is all, some or a number, not '" + text + "'", e);
        }
    }

    @Override
    Answer afterwards(Answer made) {
        return enable
                ? hq().post(Kind.POLICY.path() + "/" + made.body().path("id").asText() + "/enable", made.etag())
                : made;
    }
}
