package org.pxemesh.packageservice.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.packageservice.TestConfig;
import org.pxemesh.packageservice.TestTrees;
import org.pxemesh.packageservice.tool.Tools;

class ArchiveSourceTest {

    @TempDir
    Path dir;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(dir.resolve("upload"), bytes);
    }

    private static PackageSource open(Path file) throws IOException, ImportException {
        return ArchiveSource.open(file, "upload", 100, new Tools(TestConfig.of(1 << 20, 100)).sevenZip());
    }

    private Map<String, String> read(byte[] bytes) throws IOException, ImportException {
        return Collected.of(open(file(bytes)));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, String> files, Map<String, String> links) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            for (var link : links.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(link.getKey());
                entry.setUnixMode(UnixStat.LINK_FLAG | 0777);
                zip.putArchiveEntry(entry);
                zip.write(link.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
            for (var file : files.entrySet()) {
                zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    @Test
    void shouldReadTheSameTreeFromEveryKindOfArchive() throws Exception {
        // Given
        Map<String, String> files = TestTrees.netboot("");
        Map<String, String> links = TestTrees.netbootLinks();
        byte[] tar = TestTrees.tar(files, links);
        // When
        Map<String, String> fromTar = read(tar);
        // Then
        assertThat(read(gzip(tar))).isEqualTo(fromTar);
        assertThat(read(zip(files, links))).isEqualTo(fromTar);
        assertThat(fromTar)
                .containsAllEntriesOf(files)
                .containsEntry("pxelinux.0", "pxelinux")
                .containsEntry("ldlinux.c32", "library")
                .containsEntry("pxelinux.cfg/default", "default install")
                .containsEntry("debian-installer/amd64/pxelinux.cfg/default", "default install")
                .hasSize(files.size() + 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "a\\..\\evil", "a//b", "a/./b"})
    void shouldRefuseNamesThatLeaveTheArchive(String name) {
        Map<String, String> files = Map.of(name, "x");
        assertThatThrownBy(() -> read(TestTrees.tar(files, Map.of())))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith("an entry's name in the archive");
        assertThatThrownBy(() -> read(zip(files, Map.of()))).isInstanceOf(ImportException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pxelinux.0, /etc/shadow, out of the archive",
        "pxelinux.0, ../../etc/shadow, out of the archive",
        "a/b, ../../x, out of the archive",
        "a, a, leads back to it",
        "a/b, ., leads back to it",
        "a, nowhere, not in the archive"
    })
    void shouldRefuseLinksThatLeadOutInCirclesOrNowhere(String name, String target, String complaint) {
        Map<String, String> files = Map.of("linux", "kernel");
        Map<String, String> links = Map.of(name, target);
        assertThatThrownBy(() -> read(TestTrees.tar(files, links)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(complaint);
        assertThatThrownBy(() -> read(zip(files, links)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseLinksThatMultiplyFiles() throws Exception {
        // Given folders that each hold two links to the one before: 2^20 names
        Map<String, String> links = new TreeMap<>();
        for (int i = 1; i <= 20; i++) {
            links.put("d" + i + "/a", "../d" + (i - 1));
            links.put("d" + i + "/b", "../d" + (i - 1));
        }
        // When, Then
        assertThatThrownBy(() -> read(TestTrees.tar(Map.of("d0/file", "x"), links)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("max-files=1000");
    }

    @Test
    void shouldRefuseDevices() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.putArchiveEntry(new TarArchiveEntry("dev/sda", TarConstants.LF_BLK));
            tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> read(out.toByteArray()))
                .isInstanceOf(ImportException.class)
                .hasMessage("dev/sda is a device, pipe or sparse file in the archive; only files, folders and links are"
                        + " taken");
    }

    @Test
    void shouldNotReadAHeaderOfAnySize() throws Exception {
        // Given a long name of 300 MB in an upload of 300 KB
        Path upload = dir.resolve("bomb.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(upload)))) {
            TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(300L << 20);
            tar.putArchiveEntry(name);
            byte[] part = new byte[1 << 20];
            Arrays.fill(part, (byte) 'x');
            for (int i = 0; i < 300; i++) {
                tar.write(part);
            }
            tar.closeArchiveEntry();
        }
        // When, Then
        assertThatThrownBy(() -> Collected.of(open(upload)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("header is larger than 65536 bytes");
    }

    @Test
    void shouldRefuseTooManyEntriesBeforeTheyAreInMemory() throws Exception {
        // Given a directory of 201 entries that claims one
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < 201; i++) {
            files.put("f" + i, "");
        }
        byte[] zip = zip(files, Map.of());
        ByteBuffer end = ByteBuffer.wrap(zip, zip.length - 22, 22).slice().order(ByteOrder.LITTLE_ENDIAN);
        end.putShort(8, (short) 1).putShort(10, (short) 1);
        // When, Then
        assertThatThrownBy(() -> open(file(zip)))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("max-files=100");
        assertThatThrownBy(() -> read(TestTrees.tar(files, Map.of())))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("max-files=100");
    }

    @Test
    void shouldRefuseEveryTruncationOfAZip() throws Exception {
        byte[] whole = zip(TestTrees.netboot(""), TestTrees.netbootLinks());
        for (int length = 4; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(ImportException.class);
        }
    }

    @Test
    void shouldEndOnATruncatedTar() throws Exception {
        byte[] whole = TestTrees.tar(Map.of("a", "x".repeat(5000)), Map.of());
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, 2000)))
                .isInstanceOfAny(ImportException.class, IOException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(gzip(whole), 40)))
                .isInstanceOfAny(ImportException.class, IOException.class);
    }

    @Test
    void shouldSayWhatItWasGiven() {
        assertThatThrownBy(() -> read(new byte[0])).hasMessageStartingWith("upload is empty");
        assertThatThrownBy(() -> read(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}))
                .hasMessageContaining("unpack it with unxz first");
        assertThatThrownBy(() -> read(new byte[] {'M', 'S', 'C', 'F', 0, 0}))
                .hasMessageContaining("install the kit on a Windows machine and import its folder");
    }

    @Test
    void shouldTakeAnythingElseAsOneFile() throws Exception {
        assertThat(read("#!/bin/sh".getBytes(StandardCharsets.UTF_8))).isEqualTo(Map.of("upload", "#!/bin/sh"));
    }

    @Test
    void shouldTakeBackslashesForTheSeparatorsThatTheyAreOnWindows() throws Exception {
        assertThat(read(zip(Map.of("Tools\\PETools\\amd64\\winpe.wim", "image"), Map.of())))
                .isEqualTo(Map.of("Tools/PETools/amd64/winpe.wim", "image"));
    }
}
