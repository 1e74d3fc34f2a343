package org.pxemesh.packageservice.recognition.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pxemesh.packageservice.TestImages.amd64;
import static org.pxemesh.packageservice.TestImages.capture;
import static org.pxemesh.packageservice.TestImages.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;
import org.pxemesh.packageservice.TestConfig;
import org.pxemesh.packageservice.TestImages;
import org.pxemesh.packageservice.recognition.ImportOptions;
import org.pxemesh.packageservice.recognition.ImportOptions.Delivery;
import org.pxemesh.packageservice.recognition.ImportOptions.SignedBy;
import org.pxemesh.packageservice.recognition.Ipxe;
import org.pxemesh.packageservice.recognition.PackageFile;
import org.pxemesh.packageservice.recognition.Recognised;
import org.pxemesh.packageservice.recognition.Wimboot;
import org.pxemesh.packageservice.revocation.Revocations;
import org.pxemesh.packageservice.source.ImportException;
import org.pxemesh.packageservice.source.ImportRoots;
import org.pxemesh.packageservice.source.Tree;
import org.pxemesh.packageservice.tool.Tools;
import org.pxemesh.packageservice.wim.WimFile;

@EnabledIf(
        value = "org.pxemesh.packageservice.TestImages#wimlibIsInstalled",
        disabledReason = "wimlib-imagex is not installed: apt install wimtools")
class WindowsPeTest {

    private static final String WAIK = "Windows AIK/Tools/PETools/amd64/";
    private static final String ADK = "Windows Kits/10/Assessment and Deployment Kit/";
    private static final String PE = ADK + "Windows Preinstallation Environment/amd64/";

    @TempDir
    Path dir;

    private TestConfig config = TestConfig.of(1L << 30, 1000);

    private void write(String path, byte[] content) throws IOException {
        Path file = dir.resolve("tree").resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
    }

    private void image(String path, Map<String, byte[]> files, int build, String... options) throws IOException {
        capture(dir.resolve("tree").resolve(path), files, 9, build, options);
    }

    private void waik() throws IOException {
        Map<String, byte[]> inside = amd64();
        inside.keySet().removeIf(path -> path.contains("/EFI") || path.contains("DVD") || path.endsWith(".efi"));
        image(WAIK + "winpe.wim", inside, 7600);
        write(WAIK + "boot/boot.sdi", text("loose boot.sdi"));
        write(WAIK + "boot/bcd", text("loose bcd"));
        write(WAIK + "boot/fonts/wgl4_boot.ttf", text("loose font"));
        write(WAIK + "bootmgr", text("bootmgr"));
    }

    private void adk(int build) throws IOException {
        image(PE + "en-us/winpe.wim", amd64(), build);
        write(PE + "Media/Boot/boot.sdi", text("loose boot.sdi"));
        write(PE + "Media/Boot/Fonts/jpn_boot.ttf", text("jpn"));
        write(PE + "Media/EFI/Boot/bootx64.efi", TestImages.efi("loose", 0x8664, TestImages.CA_2011));
        write(PE + "Media/EFI/Microsoft/Boot/Fonts/segoe_slboot.ttf", text("segoe"));
        write(ADK + "Deployment Tools/amd64/BCDBoot/bcdedit.exe", text("loose bcdedit"));
    }

    private Optional<Recognised> look(String below, ImportOptions options) throws IOException, ImportException {
        Path root = dir.toRealPath();
        Tree tree = new ImportRoots(config.roots(List.of(root)))
                .open(root.resolve("tree").resolve(below).toString())
                .inPlace()
                .orElseThrow();
        Path scratch = Files.createTempDirectory(dir, "scratch");
        return new WindowsPe(new Tools(config).wimlib(), new Ipxe(config), new Wimboot(config), new Revocations(config))
                .recognise(tree, options, scratch);
    }

    private Recognised recognised(String below) throws IOException, ImportException {
        return look(below, ImportOptions.NONE).orElseThrow();
    }

    private static ImportOptions options(SignedBy signedBy, Delivery delivery, BcdSource bcd, List<String> without) {
        return new ImportOptions(
                ImportOptions.AUTO,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                signedBy,
                delivery,
                bcd,
                null,
                null,
                without);
    }

    private static String content(Recognised found, String path) throws IOException {
        PackageFile file = file(found, path);
        try (var bytes = file.content().open()) {
            return new String(bytes.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static PackageFile file(Recognised found, String path) {
        return found.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not among " + found.files()));
    }

    private static WindowsBoot windows(LoaderState loader) {
        return java.util.Objects.requireNonNull(loader.windows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Windows AIK", "Windows AIK/Tools", "Windows AIK/Tools/PETools", WAIK})
    void shouldMakeAPackageOfWaikFromAnyFolderAboveIt(String below) throws Exception {
        // Given
        waik();
        // When
        Recognised found = recognised(below);
        // Then
        assertThat(found.boot().loaders()).singleElement().satisfies(bios -> {
            assertThat(bios.architecture()).isEqualTo("bios");
            assertThat(bios.nbp()).isEqualTo("windows/amd64/bios/pxeboot.n12");
            assertThat(bios.canPrompt()).isTrue();
            assertThat(windows(bios))
                    .isEqualTo(new WindowsBoot(
                            "windows/amd64/bios/pxeboot.com",
                            "windows/amd64/bios/abortpxe.com",
                            "windows/amd64/bios/bootmgr.exe",
                            "windows/amd64/boot.sdi",
                            "windows/amd64/boot.wim",
                            "windows/amd64/bios/BCD",
                            null,
                            BcdSource.GENERATED,
                            List.of("windows/amd64/bios/fonts/wgl4_boot.ttf"),
                            WindowsDelivery.TFTP,
                            null,
                            null,
                            BootSigning.UNKNOWN,
                            7600));
        });
        assertThat(content(found, "windows/amd64/boot.sdi")).isEqualTo("loose boot.sdi");
        assertThat(content(found, "windows/amd64/bios/fonts/wgl4_boot.ttf")).isEqualTo("loose font");
        assertThat(content(found, "windows/amd64/bios/pxeboot.n12")).isEqualTo("pxeboot.n12");
        assertThat(file(found, "windows/amd64/bios/pxeboot.n12").origin())
                .endsWith("winpe.wim:/Windows/Boot/PXE/pxeboot.n12");
        assertThat(content(found, "windows/amd64/bcdedit.exe")).isEqualTo("bcdedit.exe");
        assertThat(found.notes().absent()).containsExactly("amd64: bootmgfw.efi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Windows Kits/10", ADK, ADK + "Windows Preinstallation Environment"})
    void shouldMakeAPackageOfAdkFromAnyFolderAboveIt(String below) throws Exception {
        // Given
        adk(22621);
        // When
        Recognised found = recognised(below);
        // Then
        assertThat(found.boot().loaders())
                .extracting(
                        LoaderState::architecture,
                        LoaderState::nbp,
                        loader -> windows(loader).signedBy())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "bios", "windows/amd64/bios/pxeboot.n12", BootSigning.UNKNOWN),
                        org.assertj.core.groups.Tuple.tuple(
                                "x64-uefi", "windows/amd64/uefi-ca2011/bootmgfw.efi", BootSigning.CA2011),
                        org.assertj.core.groups.Tuple.tuple(
                                "x64-uefi", "windows/amd64/uefi-ca2023/bootmgfw.efi", BootSigning.CA2023));
        assertThat(content(found, "windows/amd64/uefi-ca2011/bootmgfw.efi")).contains("loose");
        assertThat(content(found, "windows/amd64/uefi-ca2023/bootmgfw.efi")).contains("bootmgfw 2023");
        assertThat(windows(found.boot().loaders().get(1)).promptNbp())
                .isEqualTo("windows/amd64/uefi-ca2011/wdsmgfw.efi");
        assertThat(windows(found.boot().loaders().get(1)).optional())
                .contains("windows/amd64/uefi-ca2011/boot.stl", "windows/amd64/uefi-ca2011/fonts/segoe_slboot.ttf");
        assertThat(windows(found.boot().loaders().getFirst()).optional())
                .containsExactly("windows/amd64/bios/fonts/jpn_boot.ttf", "windows/amd64/bios/fonts/wgl4_boot.ttf");
        assertThat(content(found, "windows/amd64/bcdedit.exe"))
                .isEqualTo(below.endsWith("Environment") ? "bcdedit.exe" : "loose bcdedit");
        assertThat(found.notes().absent())
                .contains("amd64 CA2023: wdsmgfw.efi", "amd64 CA2011: bootres.dll")
                .doesNotContain("amd64 CA2011: wdsmgfw.efi");
    }

    @Test
    void shouldReadAMediumInAnyCase() throws Exception {
        // Given what copype makes, on a disk that lost the case of its names
        image("MEDIA/SOURCES/BOOT.WIM", amd64(), 19041, "--compress=XPRESS");
        write("MEDIA/BOOT/BOOT.SDI", text("sdi"));
        write("MEDIA/SOURCES/INSTALL.WIM", text("not looked at"));
        // When
        Recognised found = recognised("");
        // Then
        assertThat(file(found, "windows/amd64/boot.wim").origin()).isEqualTo("MEDIA/SOURCES/BOOT.WIM");
        assertThat(content(found, "windows/amd64/boot.sdi")).isEqualTo("sdi");
    }

    @Test
    void shouldTakeABootImageAlone() throws Exception {
        image("custom.wim", amd64(), 22000);
        assertThat(recognised("").boot().loaders()).hasSize(3);
    }

    @Test
    void shouldNameAllThatIsMissingAndWhereItLooked() throws Exception {
        // Given
        waik();
        Map<String, byte[]> inside = amd64();
        inside.keySet().removeIf(path -> path.endsWith("pxeboot.n12") || path.endsWith("bootmgr.exe"));
        image(WAIK + "winpe.wim", inside, 7600);
        // When, Then
        assertThatThrownBy(() -> recognised("Windows AIK"))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("the WAIK for amd64 is not whole")
                .hasMessageContaining("pxeboot.n12 is missing: looked below Tools/PETools/amd64/ as pxeboot.n12")
                .hasMessageContaining("in Tools/PETools/amd64/winpe.wim at /windows/boot/pxe/pxeboot.n12 and under"
                        + " /windows/winsxs/amd64_*")
                .hasMessageContaining("Tools/PETools/amd64/bootmgr is there, but that is the boot manager for disks")
                .hasMessageNotContaining("abortpxe.com is missing");
    }

    @Test
    void shouldDoWithoutAToolWhenTold() throws Exception {
        // Given
        Map<String, byte[]> inside = amd64();
        inside.remove("Windows/Boot/PXE/abortpxe.com");
        image("boot.wim", inside, 22000);
        // When, Then
        assertThatThrownBy(() -> recognised("")).hasMessageContaining("--without abortpxe.com");
        Recognised found = look("", options(SignedBy.AUTO, Delivery.AUTO, BcdSource.GENERATED, List.of("abortpxe.com")))
                .orElseThrow();
        assertThat(windows(found.boot().loaders().getFirst()).abortNbp()).isNull();
        assertThat(found.notes().absent()).contains("amd64: abortpxe.com");
    }

    @Test
    void shouldLookThroughTheComponentStoreLast() throws Exception {
        // Given
        Map<String, byte[]> inside = amd64();
        inside.remove("Windows/Boot/PXE/bootmgr.exe");
        inside.put("Windows/WinSxS/x86_microsoft-windows-b_1/bootmgr.exe", text("wrong"));
        inside.put("Windows/WinSxS/amd64_microsoft-windows-b_1/bootmgr.exe", text("stored"));
        image("boot.wim", inside, 22000);
        // When, Then
        assertThat(content(recognised(""), "windows/amd64/bios/bootmgr.exe")).isEqualTo("stored");
    }

    @Test
    void shouldPutTheChosenSigningFirst() throws Exception {
        // Given
        image("boot.wim", amd64(), 22000);
        // When
        Recognised found = look("", options(SignedBy.CA2023, Delivery.AUTO, BcdSource.GENERATED, List.of()))
                .orElseThrow();
        // Then
        assertThat(found.boot().loaders())
                .extracting(loader -> windows(loader).signedBy())
                .containsExactly(BootSigning.UNKNOWN, BootSigning.CA2023, BootSigning.CA2011);
    }

    @Test
    void shouldRefuseASigningThatIsNotThere() throws Exception {
        Map<String, byte[]> inside = amd64();
        inside.remove("Windows/Boot/EFI_EX/bootmgfw_EX.efi");
        image("boot.wim", inside, 22000);
        assertThatThrownBy(() -> look("", options(SignedBy.CA2023, Delivery.AUTO, BcdSource.GENERATED, List.of())))
                .hasMessageContaining("has no boot manager signed by CA2023, only by [CA2011]");
    }

    @Test
    void shouldUseTheKitsOwnBcdWhenTold() throws Exception {
        image("boot.wim", amd64(), 22000);
        Recognised found = look("", options(SignedBy.AUTO, Delivery.AUTO, BcdSource.KIT, List.of()))
                .orElseThrow();
        assertThat(found.boot().loaders())
                .allSatisfy(loader -> assertThat(windows(loader).storedBcd()).endsWith("/BCD"));
        assertThat(content(found, "windows/amd64/uefi-ca2011/BCD")).isEqualTo("UEFI BCD");
    }

    @Test
    void shouldWarnOfNewBuildsOverTftpAndTakeTheWayThatWorksWhenItIsThere() throws Exception {
        // Given
        adk(26100);
        // When, Then
        assertThat(recognised("").notes().warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("build 26100", "0xc0000225", "wimboot over HTTP", "pxemesh.import.wimboot"));

        // When
        config = config.programs(
                Files.write(dir.resolve("snponly.efi"), TestImages.efi("ipxe", 0x8664, "")),
                Files.write(dir.resolve("undionly.kpxe"), text("ipxe")),
                Files.write(dir.resolve("wimboot"), TestImages.efi("wimboot", 0x8664, "")));
        Recognised found = recognised("");
        // Then
        assertThat(found.boot().loaders())
                .extracting(loader -> windows(loader).delivery())
                .containsExactly(WindowsDelivery.TFTP, WindowsDelivery.WIMBOOT, WindowsDelivery.WIMBOOT);
        assertThat(windows(found.boot().loaders().get(1)).ipxe()).isEqualTo("ipxe/snponly.efi");
        assertThat(windows(found.boot().loaders().getFirst()).ipxe()).isEqualTo("ipxe/undionly.kpxe");
        assertThat(windows(found.boot().loaders().get(1)).wimboot()).isEqualTo("windows/wimboot");
        assertThat(found.notes().warnings())
                .noneSatisfy(warning -> assertThat(warning).contains("0xc0000225"))
                .anySatisfy(warning -> assertThat(warning).contains("not signed", "Secure Boot"));
    }

    @Test
    void shouldSayHowToGetWimbootWhenItIsAskedForAndNotThere() throws Exception {
        image("boot.wim", amd64(), 22000);
        assertThatThrownBy(() -> look("", options(SignedBy.AUTO, Delivery.WIMBOOT, BcdSource.GENERATED, List.of())))
                .hasMessageContaining("github.com/ipxe/wimboot");
    }

    @Test
    void shouldWarnLoudlyOfAConfigMgrImageWithoutVariables() throws Exception {
        // Given
        Map<String, byte[]> inside = amd64();
        inside.put("sms/bin/x64/TsBootShell.exe", text("shell"));
        image("sources/boot.wim", inside, 22000);
        // When, Then
        assertThat(recognised("").notes().warnings())
                .anySatisfy(warning -> assertThat(warning).startsWith("THIS WINDOWS PE WILL NOT FIND"));
    }

    @Test
    void shouldPutAMediasVariablesIntoAConfigMgrImage() throws Exception {
        // Given
        Map<String, byte[]> inside = amd64();
        inside.put("sms/bin/x64/TsBootShell.exe", text("shell"));
        image("sources/boot.wim", inside, 22000);
        write("SMS/data/Variables.dat", text("variables"));
        write("SMS/data/TsmBootstrap.ini", text("[Global]"));
        // When
        Recognised found = recognised("");
        Recognised again = recognised("");
        // Then
        Path wim = Files.createFile(dir.resolve("packed.wim"));
        try (var bytes = file(found, "windows/amd64/boot.wim").content().open()) {
            Files.write(wim, bytes.readAllBytes());
        }
        WimFile packed = WimFile.open(new Tools(config).wimlib(), wim, "packed.wim");
        assertThat(packed.bytes("/sms/data/variables.dat", 100)).isEqualTo(text("variables"));
        assertThat(packed.bytes("/sms/data/tsmbootstrap.ini", 100)).isEqualTo(text("[Global]"));
        assertThat(packed.bytes("/sms/bin/x64/tsbootshell.exe", 100)).isEqualTo(text("shell"));
        try (var bytes = file(again, "windows/amd64/boot.wim").content().open()) {
            assertThat(bytes.readAllBytes()).as("the same bytes each time").isEqualTo(Files.readAllBytes(wim));
        }
        assertThat(found.secrets()).singleElement().asString().contains("/sms/data/variables.dat holds ConfigMgr's");
        assertThat(found.notes().warnings()).contains("the media's variables were put into sources/boot.wim");
    }

    @Test
    void shouldFindSecretsInsideOfTheImage() throws Exception {
        // Given
        Map<String, byte[]> inside = amd64();
        inside.put(
                "Windows/System32/Unattend.xml",
                text("<unattend><UserAccounts><AdministratorPassword><Value>c2VjcmV0</Value></AdministratorPassword>"
                        + "</UserAccounts></unattend>"));
        inside.put("Deploy/Scripts/Bootstrap.ini", text("[Default]\r\nUserID=mdt\r\nUserPassword=hunter2\r\n"));
        image("boot.wim", inside, 22000);
        // When
        Recognised found = recognised("");
        // Then
        assertThat(found.secrets())
                .hasSize(2)
                .anySatisfy(secret -> assertThat(secret)
                        .contains("/windows/system32/unattend.xml has a value for unattend/UserAccounts"
                                + "/AdministratorPassword/Value"))
                .anySatisfy(secret -> assertThat(secret).contains("bootstrap.ini has a value for UserPassword"))
                .noneSatisfy(secret -> assertThat(secret).containsAnyOf("hunter2", "c2VjcmV0"));
    }

    @Test
    void shouldRefuseImagesThatNoBootManagerReads() throws Exception {
        image("boot.wim", amd64(), 22000, "--compress=LZMS");
        assertThatThrownBy(() -> recognised("")).hasMessageContaining("compressed by LZMS");
        image("boot.wim", amd64(), 22000, "--solid");
        assertThatThrownBy(() -> recognised("")).hasMessageContaining("0xc00000bb");
    }

    @Test
    void shouldAskWhichOfTwoImagesIsMeant() throws Exception {
        image("a/sources/boot.wim", amd64(), 22000);
        image("b/sources/boot.wim", amd64(), 22000);
        assertThatThrownBy(() -> recognised(""))
                .hasMessageContaining("two boot images for amd64: a/sources/boot.wim and b/sources/boot.wim");
    }

    @Test
    void shouldSendInstallersAway() throws Exception {
        write("wAIKAMD64.msi", text("installer"));
        write("WinPE.cab", text("cabinet"));
        assertThatThrownBy(() -> recognised(""))
                .hasMessageContaining("installation medium (WinPE.cab, wAIKAMD64.msi): install it");
    }

    @Test
    void shouldSayHowToInstallWimlib() throws Exception {
        image("boot.wim", amd64(), 22000);
        config = config.withoutTools();
        assertThatThrownBy(() -> recognised(""))
                .hasMessageContaining("boot images are read by wimlib-imagex, which is not on HQ's machine")
                .hasMessageContaining("apt install wimtools");
    }

    @Test
    void shouldLeaveOtherTreesToOthers() throws Exception {
        write("cat.jpg", text("meow"));
        assertThat(look("", ImportOptions.NONE)).isEmpty();
    }

    @Test
    void Q112_shouldLeaveOutARevokedBootManagerAndTakeTheOtherSigning() throws IOException, ImportException {
        // Given
        adk(26100);
        byte[] loose = TestImages.efi("loose", 0x8664, TestImages.CA_2011);
        byte[] inside = TestImages.efi("bootmgfw 2011", 0x8664, TestImages.CA_2011);
        Path list = Files.writeString(
                dir.resolve("revoked.txt"), "# bitpixie\n" + Sha256.of(loose) + "\n" + Sha256.of(inside) + "\n");
        config = config.revoked(List.of(list));

        // When
        Recognised found = recognised(ADK);

        // Then
        assertThat(found.boot().loaders())
                .filteredOn(loader -> loader.architecture().equals("x64-uefi"))
                .extracting(loader -> windows(loader).signedBy())
                .containsExactly(BootSigning.CA2023);
        assertThat(found.notes().warnings())
                .anyMatch(warning ->
                        warning.endsWith("is revoked by its digest " + Sha256.of(loose) + " and was left out"));
    }

    @Test
    void shouldBelieveNothingWhenARevocationListCannotBeRead() throws IOException {
        adk(26100);
        config = config.revoked(List.of(dir.resolve("dbx.bin")));

        assertThatThrownBy(() -> recognised(ADK))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("the revocation list " + dir.resolve("dbx.bin") + " (pxemesh.import.revoked)")
                .hasMessageContaining("NoSuchFileException");
    }
}
