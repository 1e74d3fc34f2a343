package org.pxemesh.packageservice.build;

/**
 * How far a build is.
 *
 * @param stage what it does now
 * @param filesDone so far
 * @param files in all; 0 while it is not known
 * @param bytesDone so far
 * @param bytes in all; 0 while it is not known
 */
public record Progress(Stage stage, int filesDone, int files, long bytesDone, long bytes) {

    /** Hears of it, often; must be quick. */
    public interface Listener {
        void progressed(Progress progress);
    }

    public static final Progress QUEUED = new Progress(Stage.QUEUED, 0, 0, 0, 0);
}
