package org.pxemesh.agent.boot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.pxemesh.agent.ContentStore.StoredFile;
import org.pxemesh.content.Sha256;

/** Something to send to a boot client. */
public sealed interface ServedFile {

    /** The name that events and logs use: the path in the package, or the one asked for. */
    String path();

    /** Bytes. */
    long size();

    /** Verified content in the store. */
    record OnDisk(String path, Path location, long size, Sha256 digest) implements ServedFile {}

    /** Content that may have holes still: what is here was verified, and the rest is on its way. */
    record Arriving(String path, StoredFile stored) implements ServedFile {

        @Override
        public long size() {
            return stored.size();
        }
    }

    /** A file made for this client. */
    record Made(String path, byte[] content) implements ServedFile {

        static Made of(String path, String text) {
            return new Made(path, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public long size() {
            return content.length;
        }
    }
}
