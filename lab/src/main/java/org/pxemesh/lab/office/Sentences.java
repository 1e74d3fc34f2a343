package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Events in one line for people. */
final class Sentences {
    private Sentences() {}

    /** Empty for events that say nothing to a watcher. */
    static String of(String type, JsonNode d) {
        String boot = d.path("boot").path("mac").asText() + "  ";
        return switch (type) {
            case "org.pxemesh.package.build-progressed.v1" ->
                "package " + d.path("name").asText() + ": " + d.path("stage").asText() + ", " + mb(d.path("bytesDone"))
                        + " of " + mb(d.path("bytes"));
            case "org.pxemesh.package.build-failed.v1" ->
                "package " + d.path("name").asText() + " failed: "
                        + d.path("reason").asText();
            case "org.pxemesh.package.built.v1" ->
                "PackageBuilt    " + d.path("pkg").path("name").asText() + "@"
                        + d.path("pkg").path("version").asText() + ", "
                        + d.path("pkg").path("files").asInt() + " files, "
                        + mb(d.path("pkg").path("bytes"));
            case "org.pxemesh.policy.enabled.v1" ->
                "PolicyEnabled   " + d.path("policy").path("name").asText();
            case "org.pxemesh.peer.elected.v1" ->
                "PeerElected     uplink " + d.path("address").asText() + ", term "
                        + d.path("term").asLong() + ", " + d.path("members").asInt() + " members";
            case "org.pxemesh.peer.joined.v1" ->
                "PeerJoined      " + d.path("address").asText();
            case "org.pxemesh.peer.left.v1" ->
                "PeerLeft        " + d.path("peerId").asText()
                        + (d.path("graceful").asBoolean() ? "" : ", without a word");
            case "org.pxemesh.content.completed.v1" ->
                "ContentCompleted peer " + d.path("peerId").asText().substring(0, 8) + ": " + mb(d.path("wanBytes"))
                        + " over the WAN, " + mb(d.path("lanBytes")) + " from neighbours, "
                        + seconds(d.path("seconds"));
            case "org.pxemesh.content.rejected.v1" ->
                "ContentRejected " + d.path("what").asText() + " "
                        + d.path("name").asText() + ": " + d.path("reason").asText();
            case "org.pxemesh.boot.requested.v1" ->
                boot + "BootRequested   " + d.path("vendorClass").asText() + ", attempt "
                        + d.path("attempt").asInt();
            case "org.pxemesh.boot.ignored.v1" -> boot + "BootIgnored     " + d.path("reasons");
            case "org.pxemesh.boot.offered.v1" ->
                boot + "BootOffered     by " + d.path("responder").asText() + " (rank "
                        + d.path("rank").asInt() + ", " + d.path("replyForm").asText() + "): "
                        + d.path("nbp").asText();
            case "org.pxemesh.file.served.v1" ->
                boot + "FileServed      " + d.path("path").asText() + ", " + mb(d.path("bytes")) + " by "
                        + d.path("protocol").asText() + " in " + seconds(d.path("seconds"));
            case "org.pxemesh.boot.delivered.v1" ->
                boot + "BootDelivered   " + d.path("files").asInt() + " files, " + mb(d.path("bytes")) + ", "
                        + seconds(d.path("seconds")) + " after the first DISCOVER";
            case "org.pxemesh.boot.completed.v1" ->
                boot + "BootCompleted   its system asked for "
                        + d.path("evidence").path("path").asText() + " ("
                        + d.path("evidence").path("userAgent").asText() + "), " + seconds(d.path("seconds"))
                        + " after the first DISCOVER";
            case "org.pxemesh.boot.failed.v1" ->
                boot + "BootFailed      " + d.path("reason").asText() + ": "
                        + d.path("detail").asText();
            default -> "";
        };
    }

    private static String mb(JsonNode bytes) {
        long n = bytes.asLong();
        return n < 100_000 ? n + " bytes" : String.format(Locale.ROOT, "%.1f MB", n / 1e6);
    }

    private static String seconds(JsonNode seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds.asDouble());
    }
}
