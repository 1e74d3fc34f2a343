package org.pxemesh.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes the captures as files into a folder per target, for a fuzzer to begin with, and one for all. */
public final class WriteCorpus {

    private WriteCorpus() {}

    /** The targets' names, a line for each. */
    static final String NAMES = "targets.txt";

    /** @param args the folder */
    public static void main(String[] args) throws IOException {
        Files.write(
                Path.of(args[0]).resolve(NAMES),
                Arrays.stream(Target.values()).map(Target::name).toList());
        Path all = Files.createDirectories(Path.of(args[0]).resolve("all"));
        for (Target target : Target.values()) {
            Path folder = Files.createDirectories(Path.of(args[0]).resolve(target.label()));
            int n = 0;
            for (Captures.Capture capture : Captures.of(target)) {
                Files.write(folder.resolve("capture-" + n), capture.bytes());
                byte[] named = new byte[1 + capture.bytes().length];
                named[0] = (byte) target.ordinal();
                System.arraycopy(capture.bytes(), 0, named, 1, capture.bytes().length);
                Files.write(all.resolve(target.label() + "-" + n++), named);
            }
        }
    }
}
