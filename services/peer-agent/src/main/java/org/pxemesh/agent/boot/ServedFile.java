package org.pxemesh.agent.boot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * A disk made for this client, of verified files and what holds them together. Over HTTP alone: nobody asks for disks
     * by TFTP.
     *
     * @param parts in order
     */
    record Disk(String path, List<Part> parts, Sha256 digest) implements ServedFile {

        public Disk {
            parts = List.copyOf(parts);
        }

        @Override
        public long size() {
            return parts.stream().mapToLong(Part::length).sum();
        }
    }

    /** A run of a disk's bytes. */
    sealed interface Part {

        /** Bytes. */
        long length();

        /** In memory; not to be changed. */
        record Made(byte[] content) implements Part {

            @Override
            public long length() {
                return content.length;
            }
        }

        /** The whole of a file in the store. */
        record OnDisk(Path location, long length) implements Part {}

        /** So many zeros. */
        record Zeros(long length) implements Part {}
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
