package org.pxemesh.agent;

import java.nio.file.Path;
import java.util.Optional;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.Sha256;

/** Verified content on disk. Safe for use by several threads; all calls are answered from memory. */
public interface ContentStore {
    /**
     * The manifest of a package that PackageBuilt named and that was verified against it, whether or not the files are
     * here.
     *
     * @param packageRef {@code name@version}
     */
    Optional<Manifest> manifest(String packageRef);

    /** A manifest's exact bytes, to be served to peers as {@code /content/manifests/{sha256}}. */
    Optional<byte[]> manifestBytes(Sha256 digest);

    /** A file of which every chunk was verified: what TFTP and HTTP offer to boot clients. */
    Optional<StoredFile> complete(Sha256 digest);

    /**
     * A file that may still have holes, to be served to peers by {@code Range}; bytes for which {@link
     * StoredFile#holds} is false must not be read.
     */
    Optional<StoredFile> partial(Sha256 digest);

    /** One flat sparse file named by its digest. */
    interface StoredFile {
        Sha256 digest();

        /** Where its bytes are; to be opened for reading only. */
        Path path();

        /** Bytes of the whole file. */
        long size();

        /** Whether these bytes are on disk and were verified. */
        boolean holds(long offset, long length);
    }
}
