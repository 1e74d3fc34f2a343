package org.pxemesh.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pxemesh.packageservice.source.ImportException;

/** Parsers of an import read files, not memory. */
final class ImportedFile {

    /** Reads a file. */
    interface Reading {
        Object of(Path file) throws IOException, ImportException;
    }

    private static final Path FILE = make(".import");

    private ImportedFile() {}

    /** A file that is there until this Java ends. */
    static Path make(String suffix) {
        try {
            Path file = Files.createTempFile("pxemesh-fuzz-", suffix);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file can be made", e);
        }
    }

    static synchronized Object with(byte[] bytes, Reading reading) {
        try {
            Files.write(FILE, bytes);
            return reading.of(FILE);
        } catch (ImportException refused) {
            // Its name is another one each time, and findings are compared by what is said.
            return "refused: " + String.valueOf(refused.getMessage()).replace(FILE.toString(), "FILE");
        } catch (IOException e) {
            throw new UncheckedIOException("a file that is there cannot be read", e);
        }
    }
}
