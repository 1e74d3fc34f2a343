package org.pxemesh.packageservice.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.packageservice.ImportConfig;
import org.pxemesh.packageservice.TestConfig;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.PackageSource;

class ReaderTest {

    @TempDir
    Path dir;

    private static ImportConfig limits(long maxBytes, int maxFiles) {
        return TestConfig.of(maxBytes, maxFiles);
    }

    /** Zeros without end, as an archive bomb has them. */
    private static final class Zeros extends InputStream {
        long given;

        @Override
        public int read() {
            given++;
            return 0;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            given += length;
            return length;
        }
    }

    private interface Content {
        void visit(PackageSource.Visitor visitor) throws IOException, ImportException;
    }

    private record Source(Content content, long sourceBytes) implements PackageSource {
        @Override
        public void visit(Visitor visitor) throws IOException, ImportException {
            content.visit(visitor);
        }

        @Override
        public long expectedBytes() {
            return 0;
        }

        @Override
        public int expectedFiles() {
            return 0;
        }

        @Override
        public String describe() {
            return "test source";
        }
    }

    private void read(Content content, long sourceBytes, ImportConfig limits) throws IOException, ImportException {
        Reader.read(new Source(content, sourceBytes), Files.createTempDirectory(dir, ""), limits, progress -> {});
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    @Test
    void shouldStopAtTheBoundOfBytes() {
        Zeros zeros = new Zeros();
        assertThatThrownBy(() -> read(visitor -> visitor.file("big", zeros), 1L << 40, limits(10_000_000, 10)))
                .isInstanceOf(ImportException.class)
                .hasMessage("test source has more than pxemesh.import.max-bytes=10000000 bytes (reached in big)");
        assertThat(zeros.given).isLessThan(10_200_000);
    }

    @Test
    void shouldStopWhatGrowsTooMuchWhenUnpacked() {
        Zeros zeros = new Zeros();
        assertThatThrownBy(() -> read(visitor -> visitor.file("bomb", zeros), 1000, limits(1L << 40, 10)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("unpacks to more than 200 times its size");
        assertThat(zeros.given).isLessThan(68L << 20);
    }

    @Test
    void shouldStopAtTheBoundOfFilesAndAtNamesThatComeTwice() {
        ImportConfig limits = limits(1000, 2);
        assertThatThrownBy(() -> read(
                        visitor -> {
                            visitor.file("a", bytes(1));
                            visitor.file("b", bytes(1));
                            visitor.file("c", bytes(1));
                        },
                        10,
                        limits))
                .hasMessage("test source has more than pxemesh.import.max-files=2 files");
        assertThatThrownBy(() -> read(
                        visitor -> {
                            visitor.file("a", bytes(1));
                            visitor.link("a", "b");
                        },
                        10,
                        limits))
                .hasMessage("test source has \"a\" twice");
    }

    @Test
    void shouldEndWhenTheServiceStops() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(visitor -> visitor.file("a", bytes(1)), 10, limits(1000, 2)))
                .isInstanceOf(IOException.class)
                .hasMessage("package-service was stopped");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldTellHowFarItIs() throws Exception {
        List<Progress> heard = new ArrayList<>();
        Reader.read(
                new Source(
                        visitor -> {
                            visitor.file("a", bytes(10));
                            visitor.file("b", bytes(5));
                        },
                        15),
                dir,
                limits(1000, 2),
                heard::add);
        assertThat(heard.getLast()).isEqualTo(new Progress(Stage.READING, 2, 0, 15, 0));
    }
}
