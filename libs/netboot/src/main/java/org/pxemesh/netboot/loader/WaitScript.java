package org.pxemesh.netboot.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * The iPXE script of a machine that is to boot what has not arrived in its segment yet: it asks its peers every
 * {@value #PAUSE_SECONDS} s, until one of them answers with something else. A person may send it to its disk at any time,
 * and so does the end of its patience.
 *
 * @param polls addresses of the next question, one at each peer that may be asked
 * @param reason for people, in words that mean nothing to iPXE
 */
public record WaitScript(List<String> polls, String reason) {

    static final int PAUSE_SECONDS = 10;

    /** How often a machine asks, ten minutes in all; then it starts from its disk, and tries again when it is next started. */
    public static final int MOST_POLLS = 60;

    private static final String DISK_KEY = "l";

    public WaitScript {
        polls = List.copyOf(polls);
        polls.forEach(IpxeScript::requireWord);
        if (!reason.matches("[\\w @.,:-]+")) {
            throw new IllegalArgumentException("'" + reason + "' would mean something else in an iPXE script");
        }
    }

    /** The script. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("#!ipxe");
        lines.add("echo " + reason);
        lines.add("prompt --key " + DISK_KEY + " --timeout " + PAUSE_SECONDS * 1000 + " Waiting. Press " + DISK_KEY
                + " to start from the disk instead && goto local || goto poll");
        lines.add(":poll");
        // Twice: a peer that is just being started anew must not end the wait.
        for (int round = 0; round < 2; round++) {
            if (round > 0) {
                lines.add("sleep " + PAUSE_SECONDS);
            }
            polls.forEach(address ->
                    lines.add("chain --replace --timeout " + IpxeScript.SILENCE_MILLIS + " " + address + " ||"));
        }
        lines.add(":local");
        lines.add("echo Going on to the next boot device");
        lines.add("exit 1");
        return String.join("\n", lines) + "\n";
    }

    /** The script that ends a wait with a boot: the first of these that is there. */
    public static String go(List<String> programs) {
        programs.forEach(IpxeScript::requireWord);
        List<String> lines = new ArrayList<>(List.of("#!ipxe"));
        programs.forEach(
                address -> lines.add("chain --replace --timeout " + IpxeScript.SILENCE_MILLIS + " " + address + " ||"));
        lines.add("exit 1");
        return String.join("\n", lines) + "\n";
    }

    /** The script that ends a wait without a boot. */
    public static String end(String reason) {
        return "#!ipxe\necho " + new WaitScript(List.of(), reason).reason + "\nexit 1\n";
    }
}
