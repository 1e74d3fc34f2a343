package org.pxemesh.lab.hq;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who of several labs on this machine may use which block of ports: a lab looks for free ports seconds before its HQ
 * listens on them. A claim ends with the program that made it, however it ends, and leaves an empty file.
 */
final class PortClaims {

    private final Path folder;
    private final Map<Integer, FileLock> held = new HashMap<>();

    PortClaims(Path folder) {
        this.folder = folder;
    }

    /** False when another program has it. What is claimed here already, or cannot be claimed for want of rights, is taken. */
    synchronized boolean claim(int base) {
        if (held.containsKey(base)) {
            return true;
        }
        try {
            FileChannel file = FileChannel.open(
                    folder.resolve("pxemesh-hq-" + base + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            @Nullable FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                return false;
            }
            held.put(base, lock);
            return true;
        } catch (IOException e) {
            // Another user's file: then the ports themselves have to tell.
            return true;
        }
    }
}
