package org.pxemesh.lab.hq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortClaimsTest {

    private static final int BASE = 8080;

    @TempDir
    Path folder;

    /** Claims a block, says how that went, and keeps it until its standard input ends. */
    static final class Other {
        public static void main(String[] args) throws IOException {
            System.out.write(new PortClaims(Path.of(args[0])).claim(BASE) ? 'y' : 'n');
            System.out.flush();
            System.in.read();
        }
    }

    @Test
    void shouldLeaveABlockToTheProgramThatClaimedItUntilThatEnds() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Other.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            // Given
            assertThat(other.getInputStream().read()).isEqualTo('y');
            PortClaims mine = new PortClaims(folder);

            // Then
            assertThat(mine.claim(BASE)).isFalse();
            assertThat(mine.claim(BASE + 100)).isTrue();

            // When
            other.destroyForcibly().waitFor();

            // Then
            assertThat(mine.claim(BASE)).isTrue();
            assertThat(mine.claim(BASE)).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
