package org.pxemesh.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the captures as files into a folder per target, for a fuzzer to begin with. */
public final class WriteCorpus {

    private WriteCorpus() {}

    /** @param args the folder */
    public static void main(String[] args) throws IOException {
        for (Target target : Target.values()) {
            Path folder = Files.createDirectories(Path.of(args[0]).resolve(target.label()));
            int n = 0;
            for (Captures.Capture capture : Captures.of(target)) {
                Files.write(folder.resolve("capture-" + n++), capture.bytes());
            }
        }
    }
}
