package org.pxemesh.packageservice.build;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.pxemesh.packageservice.ImportConfig;

/** Counts what goes into a package, and stops at its bounds. */
final class Packing {

    private final ImportConfig limits;
    private final int files;
    private final long total;
    private final Progress.Listener listener;
    private int filesDone;
    private long bytes;

    Packing(ImportConfig limits, int files, long total, Progress.Listener listener) {
        this.limits = limits;
        this.files = files;
        this.total = total;
        this.listener = listener;
    }

    void fileDone() {
        filesDone++;
        report();
    }

    private void report() {
        listener.progressed(new Progress(Stage.PACKING, filesDone, files, bytes, total));
    }

    private void count(int read, String path) throws IOException {
        bytes += Math.max(read, 0);
        if (bytes > limits.maxBytes()) {
            throw new IOException("the package would have more than pxemesh.import.max-bytes=" + limits.maxBytes()
                    + " bytes (reached in " + path + ")");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("package-service was stopped");
        }
        report();
    }

    /** The same bytes, counted. */
    InputStream counted(String path, InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                count(one < 0 ? 0 : 1, path);
                return one;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int some = super.read(into, from, length);
                count(some, path);
                return some;
            }
        };
    }
}
