package org.pxemesh.packageservice.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedImageTest {

    @TempDir
    private Path dir;

    /** Who signed a program put its digest into the signature: what is computed here must stand there. */
    @ParameterizedTest
    @ValueSource(strings = {"shimx64.efi.signed", "fbx64.efi.signed", "mmx64.efi.signed"})
    @EnabledIf(
            value = "org.pxemesh.packageservice.revocation.Shims#areInstalled",
            disabledReason = "Debian's shim is not installed: apt install shim-signed")
    void shouldComputeTheDigestThatTheSignatureNames(String program) throws IOException {
        Path file = Shims.FOLDER.resolve(program);

        SignedImage image = read(file).orElseThrow();

        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer pe = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int security = pe.getInt(0x3c) + 24 + 112 + 32;
        String signatures =
                HexFormat.of().formatHex(bytes, pe.getInt(security), pe.getInt(security) + pe.getInt(security + 4));
        assertThat(signatures).contains("0420" + image.digest());
        assertThat(image.certificates()).isNotEmpty();
    }

    @Test
    @EnabledIf(
            value = "org.pxemesh.packageservice.revocation.Shims#areInstalled",
            disabledReason = "Debian's shim is not installed: apt install shim-signed")
    void shouldNameWhoSignedAndTheAuthorityAboveThem() throws IOException {
        assertThat(read(Shims.FOLDER.resolve("shimx64.efi.signed"))
                        .orElseThrow()
                        .certificates())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .anyMatch(name -> name.contains("Microsoft Windows UEFI Driver Publisher"))
                .anyMatch(name -> name.contains("Microsoft Corporation UEFI CA 2011"));
    }

    @Test
    void shouldFindNothingInOtherFiles() throws IOException {
        assertThat(read(write("text", "no program"))).isEmpty();
        assertThat(read(write("empty", ""))).isEmpty();
        assertThat(read(write("dos", "MZ" + "\0".repeat(4000)))).isEmpty();
    }

    @Test
    void shouldReadNoImageWhoseSectionsReachOverTheFileAgainAndAgain() throws IOException {
        ByteBuffer pe = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        pe.putShort(0, (short) 0x5a4d).putInt(0x3c, 0x80).putInt(0x80, 0x4550).putShort(0x86, (short) 60);
        pe.putShort(0x80 + 20, (short) 240).putShort(0x80 + 24, (short) 0x20b);
        pe.putInt(0x80 + 24 + 60, 4096).putInt(0x80 + 24 + 108, 16);
        for (int i = 0; i < 60; i++) {
            pe.putInt(0x80 + 24 + 240 + i * 40 + 16, 8192);
        }

        assertThat(read(Files.write(dir.resolve("hostile"), pe.array()))).isEmpty();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content, StandardCharsets.ISO_8859_1);
    }

    private static Optional<SignedImage> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return SignedImage.read(channel);
        }
    }
}
