package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;

class WindowsManifestTest {

    private static final WindowsBoot BIOS = new WindowsBoot(
            "x64/pxeboot.com",
            "x64/abortpxe.com",
            "x64/bootmgr.exe",
            "x64/boot.sdi",
            "x64/boot.wim",
            "x64/BCD",
            null,
            BcdSource.GENERATED,
            List.of("x64/fonts/wgl4_boot.ttf"),
            WindowsDelivery.TFTP,
            null,
            null,
            BootSigning.UNKNOWN,
            7601);

    private static Manifest manifest(WindowsBoot windows) {
        List<ManifestFile> files = Stream.of(
                        "pxeboot.n12",
                        "pxeboot.com",
                        "abortpxe.com",
                        "bootmgr.exe",
                        "boot.sdi",
                        "boot.wim",
                        "BCD",
                        "fonts/wgl4_boot.ttf")
                .map(path -> TestManifests.file("x64/" + path, path, 64))
                .toList();
        return new Manifest(
                new PackageId("winpe", "1"),
                files,
                new BootDescriptor(
                        PackageKind.WINDOWS_PE, List.of(LoaderState.windows("bios", "x64/pxeboot.n12", windows))));
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        // Given
        Manifest manifest = manifest(BIOS);

        // When
        Manifest read = Manifest.parse(manifest.toBytes());

        // Then
        assertThat(read).isEqualTo(manifest);
        assertThat(read.toBytes()).isEqualTo(manifest.toBytes());
        assertThat(read.boot().loaders().getFirst().canPrompt()).isTrue();
    }

    @Test
    void shouldSkipFieldsFromTheFuture() throws Exception {
        String future = new String(manifest(BIOS).toBytes(), StandardCharsets.UTF_8)
                .replace("\"windows\":{", "\"windows\":{\"language\":{\"tag\":\"en-US\"},");

        assertThat(Manifest.parse(future.getBytes(StandardCharsets.UTF_8))).isEqualTo(manifest(BIOS));
    }

    @ParameterizedTest
    @CsvSource({
        "x64/boot.wim, x64/absent.wim, 'boot.loaders[0].windows.bootWim is \"x64/absent.wim\"'",
        "x64/fonts/wgl4_boot.ttf, x64/fonts/none.ttf, 'boot.loaders[0].windows.optional[0] is'",
        "GENERATED, ADMINISTRATOR, 'boot.loaders[0].windows.bcd is ADMINISTRATOR, but no such store is named'",
        "GENERATED, MADE_UP, 'BcdSource.MADE_UP'",
        "TFTP, WIMBOOT, 'boot.loaders[0].windows.delivery is WIMBOOT, which needs ipxe and wimboot'"
    })
    void shouldRefuseADescriptorThatDoesNotHold(String from, String to, String complaint) {
        String text = new String(manifest(BIOS).toBytes(), StandardCharsets.UTF_8);
        int boot = text.indexOf("\"boot\":{");
        byte[] bad =
                (text.substring(0, boot) + text.substring(boot).replace(from, to)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Manifest.parse(bad))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(complaint);
    }
}
