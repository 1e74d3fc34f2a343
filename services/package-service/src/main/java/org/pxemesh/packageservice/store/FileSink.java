package org.pxemesh.packageservice.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.ManifestFile;

/** Takes the files of a build. */
public interface FileSink {

    /** Reads a file to its end and describes it. */
    ManifestFile add(String path, InputStream bytes) throws IOException;

    /** Describes and keeps nothing: for telling whether a source is the same as a version that exists. */
    FileSink DESCRIBE = (path, bytes) -> copy(path, bytes, OutputStream.nullOutputStream());

    /** Describes what it copies. */
    static ManifestFile copy(String path, InputStream bytes, OutputStream out) throws IOException {
        Chunker chunker = new Chunker();
        byte[] buffer = new byte[1 << 16];
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            chunker.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        return chunker.finish(path);
    }
}
