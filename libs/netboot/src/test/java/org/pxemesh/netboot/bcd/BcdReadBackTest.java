package org.pxemesh.netboot.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store as programs see it that nobody here wrote. */
class BcdReadBackTest {

    @TempDir
    private Path folder;

    private Path hive = Path.of("");

    @BeforeEach
    void writeAStore() throws IOException {
        hive = folder.resolve("BCD");
        Files.write(hive, RamdiskStoreTest.store(BcdFirmware.UEFI, 8192, 16).toBytes());
    }

    @Test
    void shouldBeReadByHivexml() throws Exception {
        String xml = run("hivexml", hive.toString()).replaceAll("[\r\n]", "");

        assertThat(xml)
                .contains("{9dea862c-5cdd-4e70-acc1-f32b344d4795}")
                .contains("\\windows\\system32\\boot\\winload.efi")
                .contains("\\Boot\\boot.sdi")
                .contains(Base64.getEncoder()
                        .encodeToString(BcdDevice.ramdisk("\\Boot\\boot.wim", BcdGuid.RAMDISK_OPTIONS)));
        assertThat(xml.split("<node ", -1)).as("keys").hasSize(1 + 31);
    }

    @Test
    void shouldBeReadByHivexsh() throws Exception {
        Path script = folder.resolve("script");
        Files.writeString(script, """
                load %s
                cd \\Objects\\{7619dcc8-fafe-11d9-b411-000476eba25f}\\Elements\\35000007
                lsval
                cd ..
                ls
                """.formatted(hive));

        String read = run("hivexsh", "-f", script.toString());

        assertThat(read).contains("\"Element\"=hex(3):00,20,00,00,00,00,00,00").contains("35000008");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", command[0])),
                command[0] + " is missing: install Debian's libhivex-bin");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
