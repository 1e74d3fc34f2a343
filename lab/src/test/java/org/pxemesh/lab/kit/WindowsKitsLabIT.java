package org.pxemesh.lab.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.lab.kit.FakeImage.Compression;
import org.pxemesh.lab.run.Shell;

class WindowsKitsLabIT {

    @TempDir
    Path dir;

    @Test
    void shouldLayWaikOutAsMicrosoftDoes() {
        // When
        Path kit = WindowsKits.waik().writeWaik(dir);

        // Then
        Path tools = kit.resolve("Tools/PETools/amd64");
        assertThat(tools.resolve("boot/boot.sdi")).hasSize(3_170_304);
        assertThat(Shell.run("wimlib-imagex", "info", tools.resolve("winpe.wim").toString()))
                .contains("LZX", "7601", "x86_64");
        assertThat(Shell.run("wimlib-imagex", "dir", tools.resolve("winpe.wim").toString(), "1"))
                .contains("/Windows/Boot/PXE/pxeboot.n12", "/Windows/System32/bcdedit.exe");
    }

    @Test
    void shouldLayAdkOutAsMicrosoftDoes() {
        // When
        Path kit =
                WindowsKits.adk().compression(Compression.XPRESS).build(26100).writeAdk(dir);

        // Then
        Path pe = kit.resolve("Assessment and Deployment Kit/Windows Preinstallation Environment");
        assertThat(pe.resolve("arm64/Media/EFI/Boot/bootaa64.efi")).exists();
        assertThat(Shell.run(
                        "wimlib-imagex",
                        "info",
                        pe.resolve("amd64/en-us/winpe.wim").toString()))
                .contains("XPRESS", "26100");
        assertThat(Shell.run(
                        "wimlib-imagex",
                        "dir",
                        pe.resolve("arm64/en-us/winpe.wim").toString(),
                        "1"))
                .contains("/Windows/Boot/EFI_EX/bootmgfw_EX.efi")
                .doesNotContain("pxeboot");
    }
}
