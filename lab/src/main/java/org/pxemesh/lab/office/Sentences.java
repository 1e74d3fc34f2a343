package org.pxemesh.lab.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Events in one line for people. */
final class Sentences {
    private Sentences() {}

    /** Empty for events that say nothing to a watcher. */
    static String of(String type, JsonNode d) {
        String boot = d.path("boot").path("mac").asText() + "  ";
        String by = ", from " + d.path("boot").path("peerId").asText();
        return switch (type) {
            case "PackageBuildProgressed" ->
                "package " + d.path("name").asText() + ": " + d.path("stage").asText() + ", " + mb(d.path("bytesDone"))
                        + " of " + mb(d.path("bytes"));
            case "PackageBuildFailed" ->
                "package " + d.path("name").asText() + " failed: "
                        + d.path("reason").asText();
            case "PackageBuilt" ->
                "PackageBuilt    " + d.path("pkg").path("name").asText() + "@"
                        + d.path("pkg").path("version").asText() + ", "
                        + d.path("pkg").path("files").asInt() + " files, "
                        + mb(d.path("pkg").path("bytes"));
            case "PolicyEnabled" ->
                "PolicyEnabled   " + d.path("policy").path("name").asText();
            case "PeerElected" ->
                "PeerElected     uplink " + d.path("address").asText() + ", term "
                        + d.path("term").asLong() + ", " + d.path("members").asInt() + " members";
            case "PeerJoined" -> "PeerJoined      " + d.path("address").asText();
            case "PeerLeft" ->
                "PeerLeft        " + d.path("peerId").asText()
                        + (d.path("graceful").asBoolean() ? "" : ", without a word");
            case "ContentCompleted" ->
                "ContentCompleted " + d.path("peerId").asText() + ": " + mb(d.path("wanBytes"))
                        + " over the WAN, " + mb(d.path("lanBytes")) + " from neighbours, "
                        + (d.path("reusedBytes").asLong() > 0 ? mb(d.path("reusedBytes")) + " reused, " : "")
                        + seconds(d.path("seconds"));
            case "ContentNotKept" ->
                "ContentNotKept  " + d.path("peerId").asText() + ": "
                        + d.path("packageRef").asText() + ": "
                        + d.path("reason").asText();
            case "ContentRejected" ->
                "ContentRejected " + d.path("what").asText() + " "
                        + d.path("name").asText() + ": " + d.path("reason").asText();
            case "BootRequested" ->
                boot + "BootRequested   " + d.path("vendorClass").asText() + ", attempt "
                        + d.path("attempt").asInt();
            case "BootIgnored" -> boot + "BootIgnored     " + d.path("reasons");
            case "BootOffered" ->
                boot + "BootOffered     by " + d.path("responder").asText() + " (rank "
                        + d.path("rank").asInt() + ", " + d.path("replyForm").asText() + "): "
                        + d.path("nbp").asText();
            case "FileServed" ->
                boot + "FileServed      " + d.path("path").asText() + ", " + mb(d.path("bytes")) + " by "
                        + d.path("protocol").asText() + " in " + seconds(d.path("seconds")) + by;
            case "BootDelivered" ->
                boot + "BootDelivered   " + d.path("files").asInt() + " files, " + mb(d.path("bytes")) + ", "
                        + seconds(d.path("seconds")) + " after the first DISCOVER" + by;
            case "BootCompleted" ->
                boot + "BootCompleted   its system asked for "
                        + d.path("evidence").path("path").asText() + " ("
                        + d.path("evidence").path("userAgent").asText() + "), " + seconds(d.path("seconds"))
                        + " after the first DISCOVER";
            case "BootFailed" ->
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
