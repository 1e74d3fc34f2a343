package org.pxemesh.packageservice.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A tree of files that is to become a package. It can be read more than once. */
public interface PackageSource {

    /** What is done with a source's files. */
    interface Visitor {
        /** A file; its bytes must be read before this returns. */
        void file(String path, InputStream bytes) throws IOException, ImportException;

        /** A name for a file or folder that stands elsewhere in the same source. */
        void link(String path, String target) throws ImportException;
    }

    /**
     * Hands over every file and link, in no particular order.
     *
     * @throws ImportException if something in the source must not become part of a package
     */
    void visit(Visitor visitor) throws IOException, ImportException;

    /** Its files where they are, for a source that stands on the disk unpacked; such a one is not copied. */
    default Optional<Tree> inPlace() {
        return Optional.empty();
    }

    /** Bytes that will be read, as far as it can be known before; 0 if it cannot. */
    default long expectedBytes() {
        return 0;
    }

    /** Files that will be read, as far as it can be known before; 0 if it cannot. */
    default int expectedFiles() {
        return 0;
    }

    /** Bytes on disk that the source is made of: what an unpacked size is held against. */
    long sourceBytes();

    /** Where it is, for messages and the audit. */
    String describe();
}
