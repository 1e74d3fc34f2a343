package org.pxemesh.packageservice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.packageservice.TestConfig;
import org.pxemesh.packageservice.TestImages;
import org.pxemesh.packageservice.tool.Tools;

@EnabledIf(
        value = "org.pxemesh.packageservice.source.IsoSourceTest#canMakeAndRead",
        disabledReason = "7-Zip or genisoimage is not installed: apt install 7zip genisoimage")
class IsoSourceTest {

    private static final Map<String, String> FILES = Map.of(
            "sources/boot.wim", "image",
            "boot/bcd", "store",
            "boot/boot.sdi", "partition",
            "sp ace/bootmgr", "manager",
            "empty.txt", "");

    @TempDir
    Path dir;

    private TestConfig config = TestConfig.of(1 << 20, 100);

    static boolean canMakeAndRead() {
        return TestImages.sevenZipIsInstalled() && Files.isExecutable(Path.of("/usr/bin/genisoimage"));
    }

    @BeforeEach
    void makeTree() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = dir.resolve("tree").resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, file.getValue());
        }
        Files.writeString(dir.resolve("tree/sources/install.wim"), "gigabytes");
    }

    private byte[] iso(String... options) throws IOException {
        Path iso = dir.resolve("made.iso");
        List<String> command = new ArrayList<>(List.of("genisoimage", "-quiet", "-o", iso.toString()));
        command.addAll(List.of(options));
        command.add(dir.resolve("tree").toString());
        TestImages.run(command);
        return Files.readAllBytes(iso);
    }

    private Map<String, String> read(byte[] bytes) throws IOException, ImportException {
        Path upload = Files.write(dir.resolve("upload"), bytes);
        return Collected.of(ArchiveSource.open(upload, "upload", 100, new Tools(config).sevenZip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-udf", "-J", "-R"})
    void shouldReadAnImageWithoutWindowsItself(String format) throws Exception {
        assertThat(read(iso(format, "-allow-limited-size"))).isEqualTo(FILES);
    }

    @Test
    void shouldFollowRockRidgesLinks() throws Exception {
        Files.createSymbolicLink(dir.resolve("tree/boot/BCD"), Path.of("bcd"));
        assertThat(read(iso("-R"))).containsEntry("boot/BCD", "store");
    }

    @Test
    void shouldRefuseLinksThatLeaveTheImage() throws Exception {
        Files.createSymbolicLink(dir.resolve("tree/boot/out"), Path.of("../../../etc/passwd"));
        assertThatThrownBy(() -> read(iso("-R")))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("out of the archive");
    }

    @Test
    void shouldRefuseATruncatedImage() throws Exception {
        byte[] whole = iso("-udf");
        for (int sectors : List.of(17, 40, 200, whole.length / 2048 - 160)) {
            byte[] part = Arrays.copyOf(whole, sectors * 2048);
            assertThatThrownBy(() -> read(part))
                    .as("%d sectors", sectors)
                    .isInstanceOf(ImportException.class)
                    .hasMessageContaining("ISO image");
        }
    }

    @Test
    void shouldSayHowToInstallSevenZip() throws Exception {
        byte[] iso = iso("-udf");
        config = config.withoutTools();
        assertThatThrownBy(() -> read(iso))
                .hasMessageContaining("ISO images are read by 7-Zip, which is not on HQ's machine")
                .hasMessageContaining("apt install 7zip");
    }
}
