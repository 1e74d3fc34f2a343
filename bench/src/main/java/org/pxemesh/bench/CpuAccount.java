package org.pxemesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pxemesh.lab.LabException;

/**
 * What a process and all its children use of the processors: a control group of their own. {@code /proc/PID/stat} does
 * not do, because a server that ignores SIGCHLD never gets its children's share.
 */
public final class CpuAccount implements AutoCloseable {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private final Path group;

    /** What a group of the same name has counted already: one of a bench that was killed stays. */
    private final double before;

    private CpuAccount(Path group) {
        this.group = group;
        before = counted();
    }

    /** @param name short; one account of a name at a time */
    public static CpuAccount of(String name, long pid) {
        Path first = CGROUPS.resolve("cpuacct");
        Path group = (Files.isDirectory(first) ? first : CGROUPS).resolve("pxemesh-bench-" + name);
        try {
            Files.createDirectories(group);
            CpuAccount account = new CpuAccount(group);
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
            return account;
        } catch (IOException e) {
            throw new LabException(
                    "the control group " + group + " that counts the CPU of " + name + " cannot be made: " + e
                            + "; run the bench as root on a system with /sys/fs/cgroup",
                    e);
        }
    }

    /** Seconds so far. */
    public double seconds() {
        return counted() - before;
    }

    private double counted() {
        try {
            Path usage = group.resolve("cpuacct.usage");
            if (Files.exists(usage)) {
                return Long.parseLong(Files.readString(usage).strip()) / 1e9;
            }
            return Files.readString(group.resolve("cpu.stat"))
                            .lines()
                            .filter(line -> line.startsWith("usage_usec "))
                            .mapToLong(line -> Long.parseLong(line.substring("usage_usec ".length())))
                            .findFirst()
                            .orElseThrow()
                    / 1e6;
        } catch (IOException e) {
            throw new LabException("the control group " + group + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Removes the group when its processes have ended; one that still has some stays. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            System.err.println("The control group " + group + " stays: " + e.getMessage());
        }
    }
}
