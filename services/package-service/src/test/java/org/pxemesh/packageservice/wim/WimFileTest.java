package org.pxemesh.packageservice.wim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.packageservice.TestConfig;
import org.pxemesh.packageservice.TestImages;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.tool.Tool;
import org.pxemesh.packageservice.tool.Tools;

@EnabledIf(
        value = "org.pxemesh.packageservice.TestImages#wimlibIsInstalled",
        disabledReason = "wimlib-imagex is not installed: apt install wimtools")
class WimFileTest {

    private static final int METADATA = 2;

    @TempDir
    Path dir;

    private final Tool wimlib = new Tools(TestConfig.of(1, 1)).wimlib();
    private byte[] whole = new byte[0];

    @BeforeEach
    void capture() throws IOException {
        Path wim = TestImages.capture(
                dir.resolve("whole.wim"), TestImages.amd64(), 9, 22621, "--compress=none", "--nocheck");
        whole = Files.readAllBytes(wim);
    }

    private WimFile open(byte[] bytes) throws IOException, ImportException {
        return WimFile.open(wimlib, Files.write(dir.resolve("test.wim"), bytes), "test.wim");
    }

    private List<String> list(byte[] bytes) throws IOException, ImportException {
        return List.copyOf(open(bytes).list("/", path -> true).values());
    }

    private static ByteBuffer le(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the image's tree of names stands, by the table of resources. */
    private static int metadataAt(byte[] wim) {
        ByteBuffer bytes = le(wim);
        int table = (int) bytes.getLong(56);
        int length = (int) bytes.getLong(64);
        for (int at = table; at < table + length; at += 50) {
            if ((bytes.get(at + 7) & METADATA) != 0) {
                return (int) bytes.getLong(at + 8);
            }
        }
        throw new AssertionError("no metadata");
    }

    /** Makes a mangled tree of names look untouched: its digest stands in the table of resources. */
    private static void seal(byte[] wim) throws GeneralSecurityException {
        ByteBuffer bytes = le(wim);
        int table = (int) bytes.getLong(56);
        for (int at = table; at < table + bytes.getLong(64); at += 50) {
            if ((bytes.get(at + 7) & METADATA) != 0) {
                MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
                sha1.update(wim, (int) bytes.getLong(at + 8), (int) bytes.getLong(at + 16));
                System.arraycopy(sha1.digest(), 0, wim, at + 30, 20);
            }
        }
    }

    /** Where a name stands in the tree; two bytes a character. */
    private static int nameAt(byte[] wim, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_16LE);
        for (int at = metadataAt(wim); at < wim.length - wanted.length; at++) {
            if (Arrays.equals(wim, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void shouldReadWhatTheImageSaysOfItself() throws Exception {
        assertThat(open(whole).image()).isEqualTo(new WimImage(1, "amd64", 22621));
        assertThat(open(whole).bootable()).isTrue();
        assertThat(open(whole).list("/windows/boot/PXE", path -> path.endsWith(".n12")))
                .isEqualTo(Map.of("/windows/boot/pxe/pxeboot.n12", "/Windows/Boot/PXE/pxeboot.n12"));
        assertThat(open(whole).list("/nowhere", path -> true)).isEmpty();
        assertThat(open(whole).bytes("/WINDOWS/boot/pxe/PXEBOOT.n12", 100)).isEqualTo(TestImages.text("pxeboot.n12"));
    }

    @Test
    void shouldStopAtTheBoundOfAFile() {
        assertThatThrownBy(() -> open(whole).bytes("/Windows/Boot/PXE/pxeboot.n12", 5))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("more than 5 bytes");
    }

    @Test
    void shouldNotFollowLinksOutOfTheImage() throws Exception {
        // Given
        Path tree = Files.createDirectories(dir.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("pxeboot.n12"), Path.of("nowhere"));
        Path wim = dir.resolve("link.wim");
        TestImages.run(List.of("wimlib-imagex", "capture", tree.toString(), wim.toString(), "--no-acls"));
        Path into = Files.createFile(dir.resolve("into"));
        // When, Then
        assertThatThrownBy(() -> WimFile.open(wimlib, wim, "link.wim").copy("/pxeboot.n12", into, 10_000))
                .isInstanceOf(ImportException.class)
                .hasMessage("link.wim:/pxeboot.n12 is a link or a folder, not a file");
        assertThat(into).isEmptyFile();
    }

    @Test
    void shouldRefuseEveryTruncation() {
        for (int length = 0; length < whole.length; length += 1 + whole.length / 200) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(part)).isInstanceOf(ImportException.class);
        }
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "44,  7fffffff,         says that it has 2147483647 images",
        "44,  0,                says that it has 0 images",
        "42,  10002,            is one of 2 parts of a split image",
        "120, 5,                says that image 5 of 1 boots",
        "48,  00ffffffffffffff, table of resources has",
        "56,  7fffffffffffffff, is cut off",
        "72,  00ffffffff000000, has a description of",
        "80,  fffffffffffffff0, is cut off"
    })
    void shouldRefuseHugeClaimsOfTheHeader(int at, String hex, String complaint) {
        byte[] lie = whole.clone();
        long value = Long.parseUnsignedLong(hex, 16);
        if (hex.length() > 8) {
            le(lie).putLong(at, value);
        } else {
            le(lie).putInt(at, (int) value);
        }
        assertThatThrownBy(() -> open(lie)).isInstanceOf(ImportException.class).hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseATreeOfNamesThatClaimsToBeHuge() {
        byte[] lie = whole.clone();
        ByteBuffer bytes = le(lie);
        int table = (int) bytes.getLong(56);
        for (int at = table; at < table + bytes.getLong(64); at += 50) {
            if ((bytes.get(at + 7) & METADATA) != 0) {
                bytes.putLong(at + 16, 1L << 45);
            }
        }
        assertThatThrownBy(() -> open(lie))
                .hasMessageContaining("says that its tree of names unpacks to 35184372088832 bytes");
    }

    @Test
    void shouldRefuseACycle() throws Exception {
        // Given a folder whose children are the root's: the offset of children stands 86 bytes before the name
        byte[] cycle = whole.clone();
        int root = metadataAt(cycle);
        ByteBuffer bytes = le(cycle);
        int security = Math.max(8, (bytes.getInt(root) + 7) & ~7);
        long children = bytes.getLong(root + security + 16);
        bytes.putLong(nameAt(cycle, "PXE") - 102 + 16, children);
        seal(cycle);
        // When, Then
        assertThatThrownBy(() -> list(cycle))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("is damaged");
    }

    @Test
    void shouldNeverListANameThatLeadsElsewhere() throws Exception {
        // Given
        byte[] dots = whole.clone();
        int at = nameAt(dots, "PXE");
        byte[] name = "..".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, dots, at, name.length);
        le(dots).putShort(at + 4, (short) 0).putShort(at - 2, (short) 4);
        seal(dots);
        // When, Then
        assertThat(list(dots))
                .noneSatisfy(path -> assertThat(path).contains(".."))
                .contains("/Windows/System32/bcdedit.exe");
    }

    @Test
    void shouldRefuseWhatIsNoWim() {
        assertThatThrownBy(() -> open(new byte[500]))
                .hasMessage("test.wim is no Windows image: it does not begin with" + " MSWIM");
    }
}
