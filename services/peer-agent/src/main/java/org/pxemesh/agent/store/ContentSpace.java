package org.pxemesh.agent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.config.AgentConfig;
import org.pxemesh.content.keep.DiskShare;
import org.pxemesh.content.keep.KeepRules;

/** The disk that content is on; tests put a smaller one here. */
public interface ContentSpace {
    /** Bytes that this process may still write. */
    long free() throws IOException;

    /** Bytes of the whole disk. */
    long total() throws IOException;

    /** The disk of a directory. */
    static ContentSpace of(Path directory) {
        return new ContentSpace() {
            @Override
            public long free() throws IOException {
                return Files.getFileStore(directory).getUsableSpace();
            }

            @Override
            public long total() throws IOException {
                return Files.getFileStore(directory).getTotalSpace();
            }
        };
    }

    /**
     * The settings, for this disk.
     *
     * @throws StartProblem that names the setting which cannot be read
     */
    default KeepRules rules(AgentConfig.Content settings) {
        long disk;
        try {
            disk = total();
        } catch (IOException e) {
            throw new StartProblem("the disk of pxemesh.state-dir does not tell its size: " + e.getMessage(), e);
        }
        return new KeepRules(
                settings.reserve()
                        .map(text -> size("pxemesh.content.reserve", text).of(disk))
                        .orElse(KeepRules.usualReserve(disk)),
                settings.quota()
                        .map(text -> size("pxemesh.content.quota", text).of(disk))
                        .orElse(KeepRules.NO_QUOTA));
    }

    /** @throws StartProblem that names the setting */
    static DiskShare size(String key, String text) {
        try {
            return DiskShare.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StartProblem(key + ": " + e.getMessage(), e);
        }
    }
}
