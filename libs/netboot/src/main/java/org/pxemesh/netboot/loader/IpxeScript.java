package org.pxemesh.netboot.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * An iPXE script that fetches its files from several peers: what one does not give the next one is asked for, file by
 * file, so that what has arrived is not fetched again. After all of them have failed {@value #ROUNDS} times the machine
 * goes on to its next boot device.
 *
 * <p>The script keeps no numbers: builds of iPXE differ in how they count. Where to go next stands in settings, and
 * {@code goto} takes labels out of them.
 */
final class IpxeScript {

    /** How often all sources are gone through. */
    static final int ROUNDS = 3;

    /** A download without any progress for as long is given up; a dead neighbour does not say that it is dead. */
    static final int SILENCE_MILLIS = 15_000;

    private static final int PAUSE_SECONDS = 5;

    private static final int SLICE_SECONDS = 10;

    /** A letter, since builds of iPXE differ in how they number function keys. */
    static final String BOOT_KEY = "p";

    private final List<String> sources;
    private final List<String> lines = new ArrayList<>(List.of("#!ipxe"));
    private final List<String> fetches = new ArrayList<>();
    private final List<String> poll = new ArrayList<>();
    private final List<String> otherwise = new ArrayList<>();

    /** @param sources addresses below which a boot's files are, without a slash at their ends; the best first */
    IpxeScript(List<String> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a script without a peer to fetch from");
        }
        sources.forEach(IpxeScript::requireWord);
        this.sources = List.copyOf(sources);
    }

    /** A line break, or what begins a setting or a comment, would make a command of a word. */
    static void requireWord(String word) {
        if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '$' || c == '#')) {
            throw new IllegalArgumentException("'" + word + "' would mean something else in an iPXE script");
        }
    }

    /**
     * A person is asked first; without an answer the firmware goes on to its next boot entry. Meanwhile the machine asks
     * its peers every {@value #SLICE_SECONDS} s whether HQ has said something else.
     */
    IpxeScript ask(BootQuestion question) {
        int slice = Math.min(question.seconds(), SLICE_SECONDS);
        int left = question.seconds() - slice;
        lines.add("prompt --key " + BOOT_KEY + " --timeout " + slice * 1000 + " Press " + BOOT_KEY + " to boot "
                + question.name() + " || goto " + (left == 0 ? "local" : "poll"));
        if (left > 0) {
            sources.forEach(source -> poll.add("chain --replace --timeout " + SILENCE_MILLIS + " " + source + "/"
                    + BootQuestion.path(left) + " ||"));
        }
        return this;
    }

    /**
     * One file.
     *
     * @param command {@code kernel} or {@code initrd}
     * @param name of the image
     * @param path below the source
     * @param arguments for the image, may be empty
     */
    IpxeScript fetch(String command, String name, String path, String arguments) {
        String line = command + " --timeout " + SILENCE_MILLIS + " --name " + name + " ${base}/" + path;
        fetches.add(arguments.isEmpty() ? line : line + " " + arguments);
        return this;
    }

    /**
     * What to do when no peer gave a file in all rounds, or the image does not start: a build too old for these commands still
     * starts a loader over TFTP.
     *
     * @param server that serves it by TFTP
     * @param loader its path; PXELINUX, which would look for its parts below this script's address if it was not told otherwise
     */
    IpxeScript orPxelinux(String server, String loader) {
        requireWord(server);
        requireWord(loader);
        otherwise.add("echo Going on with " + loader + " over TFTP");
        otherwise.add("set 210:string " + server + "::" + loader.substring(0, loader.lastIndexOf('/') + 1));
        otherwise.add("chain tftp://" + server + "/" + loader + " || goto local");
        return this;
    }

    /** The whole script, which ends by starting an image. */
    String boot(String image) {
        String end = otherwise.isEmpty() ? "local" : "loader";
        lines.add("set again round1");
        lines.add("set step file0");
        for (int source = 0; source < sources.size(); source++) {
            boolean last = source == sources.size() - 1;
            lines.add(":source" + source);
            lines.add("set base " + sources.get(source));
            lines.add("set next " + (last ? "${again}" : "source" + (source + 1)));
            lines.add("goto ${step}");
        }
        for (int round = 1; round < ROUNDS; round++) {
            lines.add(":round" + round);
            lines.add("set again " + (round == ROUNDS - 1 ? end : "round" + (round + 1)));
            lines.add("echo No peer gives this file; trying all of them again");
            lines.add("sleep " + PAUSE_SECONDS);
            lines.add("goto source0");
        }
        for (int file = 0; file < fetches.size(); file++) {
            lines.add(":file" + file);
            lines.add("set step file" + file);
            lines.add(fetches.get(file) + " || goto ${next}");
        }
        lines.add("boot " + image + " || goto " + end);
        if (!otherwise.isEmpty()) {
            lines.add(":loader");
            lines.addAll(otherwise);
            lines.add("goto local");
        }
        if (!poll.isEmpty()) {
            lines.add(":poll");
            lines.addAll(poll);
        }
        lines.add(":local");
        lines.add("echo Going on to the next boot device");
        lines.add("exit 1");
        return String.join("\n", lines) + "\n";
    }
}
