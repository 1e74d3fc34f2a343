package org.pxemesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.run.LabProcess;

/** What a process keeps in memory, without its children. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /**
     * In MB.
     *
     * @param name of the process, for the error
     * @throws LabException when it has ended
     */
    public static double megabytes(String name, LabProcess process) {
        try {
            // The kernel writes kB and means KiB.
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"))
                            .lines()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    * 1024
                    / 1e6;
        } catch (IOException e) {
            throw new LabException(name + " has ended; see " + process.log(), e);
        }
    }
}
