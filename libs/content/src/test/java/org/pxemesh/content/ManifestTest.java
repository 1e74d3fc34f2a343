package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

    private static final String SMALL = new String(TestManifests.small().toBytes(), StandardCharsets.UTF_8);

    @Test
    void shouldReadWhatItWrote() throws Exception {
        // Given
        Manifest manifest = TestManifests.small();
        // When
        Manifest read = Manifest.parse(manifest.toBytes());
        // Then
        assertThat(read).isEqualTo(manifest);
        assertThat(read.toBytes()).isEqualTo(manifest.toBytes());
    }

    @Test
    void shouldWriteTheSameBytesInWhateverOrderFilesCame() {
        // Given
        Manifest manifest = TestManifests.small();
        // When
        Manifest reversed = new Manifest(manifest.id(), manifest.files().reversed(), manifest.boot());
        // Then
        assertThat(reversed.toBytes()).isEqualTo(manifest.toBytes());
        assertThat(SMALL)
                .startsWith("{\"format\":1,\"name\":\"debian-12\",\"version\":\"12.15\","
                        + "\"files\":[{\"path\":\"boot/empty.lst\",\"size\":0,")
                .doesNotContain("\n");
    }

    @Test
    void shouldSkipFieldsFromTheFuture() throws Exception {
        // Given
        String future = SMALL.replace(
                        "{\"path\":\"pxelinux.0\"", "{\"signedBy\":[{\"ca\":2023}],\"path\":\"pxelinux.0\"")
                .replaceFirst("\\{", "{\"builtWith\":{\"tool\":\"x\"},");
        // When
        Manifest read = Manifest.parse(future.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(read).isEqualTo(TestManifests.small());
    }

    @Test
    void shouldFindAFileInAnyCase() {
        assertThat(TestManifests.small().file("BOOT/Linux"))
                .hasValueSatisfying(file -> assertThat(file.path()).isEqualTo("boot/linux"));
        assertThat(TestManifests.small().file("boot/linux2")).isEmpty();
    }

    /** Upper case comes before lower case and the underscore between them: the order of paths is not that of their names. */
    @Test
    void Q91_shouldFindEachOfManyFilesInAnyCaseWhateverTheirOrder() {
        List<String> paths = new ArrayList<>(List.of("Boot/BCD", "_/x", "Zebra", "a", "EFI/Microsoft/Boot/Ä.efi", "z"));
        for (int n = 0; n < 300; n++) {
            paths.add((n % 2 == 0 ? "Sources/F" : "sources2/f") + n * 7919 % 1000);
        }
        Manifest manifest = new Manifest(
                new PackageId("many", "1"),
                paths.stream().map(path -> TestManifests.file(path, path, 64)).toList(),
                TestManifests.boot("a"));

        for (String path : paths) {
            for (String spelt : List.of(path, path.toUpperCase(Locale.ROOT), path.toLowerCase(Locale.ROOT))) {
                assertThat(manifest.file(spelt)).map(ManifestFile::path).contains(path);
            }
            assertThat(manifest.file(path + "!")).isEmpty();
            assertThat(manifest.file(path.substring(1) + "?")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\":1 | \"format\":2 | format is 2, but only format 1 is known here",
                "\"format\":1, | `` | format is missing",
                "\"name\":\"debian-12\" | \"name\":\"Debian 12\" | name must be 1 to 64 of a-z",
                "\"version\":\"12.15\" | \"version\":7 | version must be a text, not a whole number",
                "\"version\":\"12.15\" | \"version\":\"../1\" | version must be 1 to 64 of",
                "\"path\":\"pxelinux.0\" | \"path\":\"../pxelinux.0\" | files[2] (../pxelinux.0): path has \"..\" in it",
                "\"path\":\"pxelinux.0\" | \"path\":\"/pxelinux.0\" | files[2] (/pxelinux.0): path is absolute",
                "\"path\":\"pxelinux.0\" | \"path\":\"a\\\\b\" | files[2] (a\\b): path has a backslash at position 1",
                "\"path\":\"pxelinux.0\" | \"path\":\"a\\u0000b\" | files[2] (a?b): path has the control character 0x00",
                "\"path\":\"pxelinux.0\" | \"path\":\"BOOT/LINUX\" | \"BOOT/LINUX\" and \"boot/linux\" differ in case only",
                "\"path\":\"pxelinux.0\" | \"path\":\"boot/linux\" | \"boot/linux\" is listed twice",
                "\"path\":\"pxelinux.0\" | \"path\":\"boot\" | \"boot\" is both a file and a folder",
                "\"size\":6 | \"size\":7 | files[2] (pxelinux.0): chunks cover 6 of the file's 7 bytes",
                "\"size\":6 | \"size\":-6 | files[2] (pxelinux.0): size is -6",
                "\"size\":6 | \"size\":68719476737 | files[2] (pxelinux.0): size is 68719476737",
                "\"size\":6 | \"size\":99999999999999999999 | files[2] (pxelinux.0).size is too large",
                "\"size\":6 | \"size\":6.5 | files[2] (pxelinux.0).size must be a whole number, not a fraction",
                "\"offset\":4,\"length\":2 | \"offset\":3,\"length\":3 | chunks[1] begins at 3, but the chunk before it ends at 4",
                "\"offset\":4,\"length\":2 | \"offset\":4,\"length\":3 | chunks[1] ends at 7, behind the file's end at 6",
                "\"offset\":4,\"length\":2 | \"offset\":4,\"length\":0 | files[2] (pxelinux.0).chunks[1].length is 0",
                "\"offset\":4,\"length\":2 | \"offset\":4,\"length\":524289 | files[2] (pxelinux.0).chunks[1].length is 524289",
                "\"offset\":4,\"length\":2 | \"offset\":4,\"length\":4294967298 | chunks[1].length is 2147483647",
                "\"nbp\":\"pxelinux.0\" | \"nbp\":\"pxelinux.1\" | boot.loaders[0].nbp is \"pxelinux.1\", which is not among the files",
                "\"vga=788\" | \"vga=788\\nkernel evil\" | boot.loaders[0].arguments[0] must be one word",
                "LINUX_NETBOOT | FLOPPY | boot: No enum constant",
                "{\"format\" | {\"name\":\"twice\",\"format\" | Duplicate field 'name'",
                "{\"format\" | x{\"format\" | the manifest is not JSON within our limits",
            })
    void shouldNameFileAndFieldOfHostileInput(String from, String to, String complaint) {
        // Given
        assertThat(SMALL).contains(from);
        byte[] hostile = replaceLast(SMALL, from, to).getBytes(StandardCharsets.UTF_8);
        // When, Then
        assertThatThrownBy(() -> Manifest.parse(hostile))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] whole = TestManifests.small().toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Manifest.parse(part)).isInstanceOf(ManifestException.class);
        }
    }

    @Test
    void shouldRefuseADeepNestThatNobodyReads() {
        // Given
        String deep = SMALL.replaceFirst("\\{", "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + ",");
        // When, Then
        assertThatThrownBy(() -> Manifest.parse(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void shouldRefuseOneDigestWithTwoMeanings() {
        // Given
        ManifestFile honest = TestManifests.file("a", "content", 4);
        ManifestFile lie = new ManifestFile("b", 0, honest.sha256(), List.of());
        // When, Then
        assertThatThrownBy(() -> new Manifest(new PackageId("x", "1"), List.of(honest, lie), TestManifests.boot("a")))
                .hasMessageContaining("have the same sha256, but not the same size and chunks");
    }

    private static String replaceLast(String text, String from, String to) {
        int at = text.lastIndexOf(from);
        return text.substring(0, at) + to + text.substring(at + from.length());
    }
}
