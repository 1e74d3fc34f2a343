package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.PackageId;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.LoaderKind;
import org.pxemesh.policy.WindowsPlan;

/** Names as Microsoft's boot programs send them, against a package that keeps its files in its own places. */
class WindowsFilesTest {

    private static final List<String> FILES = List.of(
            "x64/PXE/pxeboot.n12",
            "x64/PXE/pxeboot.com",
            "x64/PXE/abortpxe.com",
            "x64/PXE/bootmgr.exe",
            "x64/EFI_EX/bootmgfw_EX.efi",
            "x64/PXE/wdsmgfw.efi",
            "x64/media/boot.sdi",
            "x64/media/winpe.wim",
            "x64/media/BCD",
            "x64/administrator.bcd",
            "x64/Fonts_EX/wgl4_boot_EX.ttf",
            "x64/notes.txt",
            "tools/wimboot",
            "ipxe/undionly.kpxe");

    @TempDir
    private Path tree;

    private BootFiles files;
    private LoaderState loader;

    @BeforeEach
    void makeTree() throws IOException {
        for (String path : FILES) {
            Files.createDirectories(tree.resolve(path).getParent());
            Files.writeString(tree.resolve(path), path);
        }
        loader = LoaderState.windows("bios", "x64/PXE/pxeboot.n12", windows(BcdSource.GENERATED, WindowsDelivery.TFTP));
        files = new BootFiles(
                new DirectoryStore(
                        tree, new PackageId("winpe", "1"), new BootDescriptor(PackageKind.WINDOWS_PE, List.of(loader))),
                new BootAddresses("192.0.2.10", 8069));
    }

    private static WindowsBoot windows(BcdSource bcd, WindowsDelivery delivery) {
        return new WindowsBoot(
                "x64/PXE/pxeboot.com",
                "x64/PXE/abortpxe.com",
                "x64/PXE/bootmgr.exe",
                "x64/media/boot.sdi",
                "x64/media/winpe.wim",
                "x64/media/BCD",
                "x64/administrator.bcd",
                bcd,
                List.of("x64/Fonts_EX/wgl4_boot_EX.ttf"),
                delivery,
                "ipxe/undionly.kpxe",
                "tools/wimboot",
                BootSigning.UNKNOWN,
                7601);
    }

    private BootSession session(
            ClientArchitecture architecture, @Nullable String nbp, WindowsBoot boot, boolean prompt) {
        String program = architecture.isUefi() ? "x64/EFI_EX/bootmgfw_EX.efi" : "x64/PXE/pxeboot.n12";
        boolean wimboot = boot.delivery() == WindowsDelivery.WIMBOOT;
        BootPlan plan = new BootPlan(
                new UUID(0, 1),
                null,
                "winpe@1",
                PackageKind.WINDOWS_PE,
                prompt,
                architecture,
                wimboot ? LoaderKind.IPXE : LoaderKind.WINDOWS,
                nbp == null ? program : nbp,
                List.of(),
                null,
                null,
                List.of(),
                Set.copyOf(FILES),
                new WindowsPlan(program, boot, 1456, 4),
                30,
                false);
        return new BootSessions(new UUID(7, 7)).discovered("52:54:00:00:00:01", 1, plan, false, 0);
    }

    private BootSession bios() {
        return session(ClientArchitecture.BIOS, null, windows(BcdSource.GENERATED, WindowsDelivery.TFTP), false);
    }

    private BootSession uefi() {
        return session(ClientArchitecture.X64_UEFI, null, windows(BcdSource.GENERATED, WindowsDelivery.TFTP), false);
    }

    @ParameterizedTest
    @CsvSource({
        "Boot/pxeboot.n12, x64/PXE/pxeboot.n12",
        "bootmgr.exe, x64/PXE/bootmgr.exe",
        "x64\\PXE\\BOOTMGR.EXE, x64/PXE/bootmgr.exe",
        "smsboot\\x64\\bootmgr.exe, x64/PXE/bootmgr.exe",
        "\\Boot\\boot.sdi, x64/media/boot.sdi",
        "/boot/boot.sdi, x64/media/boot.sdi",
        "\\sources\\boot.wim, x64/media/winpe.wim",
        "\\Boot\\BOOT.WIM, x64/media/winpe.wim",
        "\\Boot\\WinPE.wim, x64/media/winpe.wim",
        "\\Boot\\Fonts\\wgl4_boot.ttf, x64/Fonts_EX/wgl4_boot_EX.ttf",
        "\\EFI\\Microsoft\\Boot\\Fonts\\WGL4_BOOT.TTF, x64/Fonts_EX/wgl4_boot_EX.ttf",
        "abortpxe.com, x64/PXE/abortpxe.com"
    })
    void Q91_shouldFindABiosProgramsFilesWhereverThePackageKeepsThem(String asked, String path) {
        assertThat(files.find(bios(), asked)).map(ServedFile::path).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bootmgfw.efi", "\\EFI\\Boot\\bootx64.efi", "bootmgfw_EX.efi", "x64/EFI_EX/bootmgfw_EX.efi"})
    void Q111_shouldAnswerTheUsualNameWithTheSigningThatWasChosen(String asked) {
        assertThat(files.find(uefi(), asked)).map(ServedFile::path).contains("x64/EFI_EX/bootmgfw_EX.efi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\hiberfil.sys",
                "\\EFI\\Microsoft\\Boot\\SiPolicy.p7b",
                "\\EFI\\Microsoft\\Boot\\Policies\\SbcpFlightToken.p7b",
                "/efi/boot/BCD",
                "\\Boot\\BCD.LOG",
                "\\Boot\\..\\..\\BCD",
                "\\Boot\\not-an-id\\BCD"
            })
    void Q92_shouldKnowNothingOfWhatThePackageLacks(String asked) {
        assertThat(files.find(bios(), asked)).isEmpty();
        assertThat(files.find(uefi(), asked)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\Boot\\BCD", "/boot/bcd", "\\EFI\\Microsoft\\Boot\\BCD", "EFI/Microsoft/Boot/BCD\u00ff"})
    void shouldMakeEachClientItsOwnStoreUnderTheSameName(String asked) {
        byte[] bios = made(bios(), asked);
        byte[] uefi = made(uefi(), asked);

        assertThat(utf16(bios)).contains("winload.exe").contains("winpe@1").doesNotContain("winload.efi");
        assertThat(utf16(uefi)).contains("winload.efi").doesNotContain("winload.exe");
        assertThat(made(bios(), asked)).isEqualTo(bios);
    }

    @Test
    void Q40_shouldServeTheStoreUnderTheNameOfOption252() {
        BootSession session = uefi();

        assertThat(WindowsNames.bcdPath(session.bootId())).isEqualTo("\\Boot\\" + session.bootId() + "\\BCD");
        assertThat(made(session, WindowsNames.bcdPath(session.bootId()))).isEqualTo(made(session, "\\Boot\\BCD"));
    }

    @Test
    void shouldServeTheKitsOwnStoreWhenThePackageSaysSo() {
        BootSession session =
                session(ClientArchitecture.BIOS, null, windows(BcdSource.KIT, WindowsDelivery.TFTP), false);

        assertThat(files.find(session, "\\Boot\\BCD")).map(ServedFile::path).contains("x64/media/BCD");
        assertThat(files.find(session, WindowsNames.bcdPath(session.bootId())))
                .map(ServedFile::path)
                .contains("x64/media/BCD");
    }

    @Test
    void shouldServeTheAdministratorsStoreUnderEveryNameOfAStore() throws IOException {
        Files.write(tree.resolve("x64/administrator.bcd"), new byte[] {'r', 'e', 'g', 'f', 7});
        files = new BootFiles(
                new DirectoryStore(
                        tree, new PackageId("winpe", "1"), new BootDescriptor(PackageKind.WINDOWS_PE, List.of(loader))),
                new BootAddresses("192.0.2.10", 8069));
        for (ClientArchitecture architecture : List.of(ClientArchitecture.BIOS, ClientArchitecture.AA64_UEFI)) {
            BootSession session =
                    session(architecture, null, windows(BcdSource.ADMINISTRATOR, WindowsDelivery.TFTP), false);

            for (String asked : List.of(
                    "\\Boot\\BCD",
                    "\\EFI\\Microsoft\\Boot\\BCD",
                    WindowsNames.bcdPath(session.bootId()),
                    "x64/EFI_EX/EFI/Microsoft/Boot/BCD")) {
                boolean besideUefi = asked.startsWith("x64") && !architecture.isUefi();
                Optional<ServedFile> found = files.find(session, asked);
                assertThat(found.isEmpty()).as(asked).isEqualTo(besideUefi);
                if (!besideUefi) {
                    assertThat(((ServedFile.OnDisk) found.orElseThrow()).location())
                            .hasBinaryContent(new byte[] {'r', 'e', 'g', 'f', 7});
                }
            }
        }
    }

    @Test
    void shouldGoOnFromTheProgramThatAsksToTheOneThatDoesNot() {
        BootSession session = session(
                ClientArchitecture.X64_UEFI,
                "x64/PXE/wdsmgfw.efi",
                windows(BcdSource.GENERATED, WindowsDelivery.TFTP),
                true);

        assertThat(files.find(session, "wdsmgfw.efi")).map(ServedFile::path).contains("x64/PXE/wdsmgfw.efi");
        assertThat(files.find(session, "bootmgfw.efi")).map(ServedFile::path).contains("x64/EFI_EX/bootmgfw_EX.efi");
    }

    @Test
    void shouldMakeAScriptForWimbootThatNamesWhatItServes() {
        BootSession session = session(
                ClientArchitecture.BIOS,
                "ipxe/undionly.kpxe",
                windows(BcdSource.GENERATED, WindowsDelivery.WIMBOOT),
                false);

        String script = new String(made(session, "boot.ipxe"), StandardCharsets.UTF_8);

        assertThat(script).contains("set base http://192.0.2.10:8069/boot/" + session.token() + "\n");
        String base = "${base}/";
        List<String> served = script.lines()
                .filter(line -> line.contains(base))
                .map(line -> line.substring(line.indexOf(base) + base.length()).split(" ")[0])
                .map(asked -> files.find(session, asked).map(ServedFile::path).orElse("nothing behind " + asked))
                .toList();
        assertThat(served)
                .containsExactly(
                        "tools/wimboot",
                        "x64/PXE/bootmgr.exe",
                        "Boot/BCD",
                        "x64/media/boot.sdi",
                        "x64/media/winpe.wim");
        assertThat(files.find(bios(), "boot.ipxe")).isEmpty();
    }

    @Test
    void shouldDeliverWithTheImageAlone() {
        BootSessions sessions = new BootSessions(new UUID(7, 7));
        BootSession session = sessions.discovered("52:54:00:00:00:01", 1, bios().plan(), false, 0);

        assertThat(sessions.served(session, "x64/PXE/pxeboot.n12", 1, true, 1)).isFalse();
        assertThat(sessions.served(session, "x64/media/winpe.wim", 1, false, 2)).isFalse();
        assertThat(sessions.served(session, "x64/media/winpe.wim", 1, true, 3)).isTrue();
        assertThat(sessions.served(session, "x64/media/winpe.wim", 1, true, 4)).isFalse();
        assertThat(sessions.expire(5 + BootSessions.PATIENCE_MILLIS)).isEmpty();
    }

    @Test
    void Q98_shouldServeTheStoreMinutesAfterTheImage() {
        BootSessions sessions = new BootSessions(new UUID(7, 7));
        BootSession session = sessions.discovered("52:54:00:00:00:01", 1, uefi().plan(), false, 0);
        Ipv4Address address = Ipv4Address.parse("192.0.2.77");
        sessions.learn("52:54:00:00:00:01", address);
        sessions.served(session, "x64/media/winpe.wim", 1, true, 60_000);
        byte[] before = made(session, "\\Boot\\BCD");

        sessions.expire(60_000 + 14 * 60_000);

        assertThat(sessions.byAddress(address))
                .get()
                .satisfies(known -> assertThat(made(known, WindowsNames.bcdPath(session.bootId())))
                        .isEqualTo(before));
    }

    @Test
    void shouldFailABootThatStoppedBeforeItsImage() {
        BootSessions sessions = new BootSessions(new UUID(7, 7));
        BootSession session = sessions.discovered("52:54:00:00:00:01", 1, bios().plan(), false, 0);
        sessions.served(session, "x64/PXE/pxeboot.n12", 1, true, 1);

        assertThat(sessions.expire(2 + BootSessions.PATIENCE_MILLIS)).hasSize(1);
    }

    private byte[] made(BootSession session, String asked) {
        assertThat(files.find(session, asked)).get().isInstanceOf(ServedFile.Made.class);
        return ((ServedFile.Made) files.find(session, asked).orElseThrow()).content();
    }

    /** A store's texts, from even and odd places. */
    private static String utf16(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_16LE);
    }
}
