package org.pxemesh.packageservice.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.Sha256;

class RevocationListTest {

    private static final String SHA256_LIST = "26 16 c4 c1 4c 50 92 40 ac a9 41 f9 36 93 43 28";
    private static final String X509_LIST = "a1 59 c0 a5 e4 94 a7 4a 87 b5 ab 15 5c 2b f0 72";
    private static final String X509_SHA256_LIST = "92 a4 d2 3b c0 96 79 40 b4 20 fc f9 8e f1 03 ed";
    private static final Sha256 ONE = Sha256.of(new byte[] {1});
    private static final Sha256 TWO = Sha256.of(new byte[] {2});
    private static final Sha256 OTHER = Sha256.of(new byte[] {3});

    @Test
    void shouldReadLinesOfDigests() {
        RevocationList list = text("# bitpixie\n" + ONE.hex().toUpperCase(java.util.Locale.ROOT)
                + "  bootmgfw.efi\r\n\n" + TWO + ", another # why\n");

        assertThat(list.digests()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(list.why(TWO, Optional.empty())).contains("is revoked by its digest " + TWO);
        assertThat(list.why(OTHER, Optional.empty())).isEmpty();
        assertThat(text("# nothing yet\n").isEmpty()).isTrue();
        assertThat(RevocationList.parse(new byte[0]).isEmpty()).isTrue();
    }

    @Test
    void shouldNameALineThatIsNoDigest() {
        assertThatThrownBy(() -> text(ONE + "\nbootmgfw.efi\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2 does not begin with a SHA-256 digest (64 hex digits): \"bootmgfw.efi\"");
    }

    @Test
    void shouldReadSignatureListsAsTheFirmwareKeepsThem() {
        byte[] lists =
                concat(list(SHA256_LIST, raw(ONE), raw(TWO)), list(X509_SHA256_LIST, Arrays.copyOf(raw(OTHER), 48)));

        RevocationList read = RevocationList.parse(lists);

        assertThat(read.digests()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(read.certificateDigests()).containsExactly(OTHER);
    }

    @Test
    void shouldReadAnUpdateWithItsSignatureAndAVariableWithItsAttributes() {
        byte[] lists = list(SHA256_LIST, raw(ONE));
        ByteBuffer head = ByteBuffer.allocate(16 + 24 + 100).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(16, 24 + 100).putShort(20, (short) 0x0200).putShort(22, (short) 0x0ef1);

        assertThat(RevocationList.parse(concat(head.array(), lists)).digests()).containsExactly(ONE);
        assertThat(RevocationList.parse(concat(new byte[] {0x27, 0, 0, 0}, lists))
                        .digests())
                .containsExactly(ONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 28, 60, 75})
    void shouldRefuseAListThatIsCutOff(int length) {
        byte[] cut = Arrays.copyOf(list(SHA256_LIST, raw(ONE)), length);

        assertThatThrownBy(() -> RevocationList.parse(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at octet 0");
    }

    @Test
    @EnabledIf(
            value = "org.pxemesh.packageservice.revocation.Shims#areInstalled",
            disabledReason = "Debian's shim is not installed: apt install shim-signed")
    void shouldFindARealProgramByItsDigestAndByTheAuthorityAboveItsSigner()
            throws IOException, CertificateEncodingException {
        SignedImage shim;
        try (FileChannel file = FileChannel.open(Shims.FOLDER.resolve("shimx64.efi.signed"))) {
            shim = SignedImage.read(file).orElseThrow();
        }
        X509Certificate signer = shim.certificates().stream()
                .filter(one -> one.getSubjectX500Principal().getName().contains("Driver Publisher"))
                .findFirst()
                .orElseThrow();
        X509Certificate authority = shim.certificates().stream()
                .filter(one -> one.getSubjectX500Principal().equals(signer.getIssuerX500Principal()))
                .findFirst()
                .orElseThrow();
        SignedImage withoutAuthority = new SignedImage(shim.digest(), List.of(signer));

        assertThat(RevocationList.parse(list(SHA256_LIST, raw(shim.digest()))).why(OTHER, Optional.of(shim)))
                .contains("is revoked by its Authenticode digest " + shim.digest());
        assertThat(RevocationList.parse(list(X509_LIST, authority.getEncoded()))
                        .why(OTHER, Optional.of(withoutAuthority)))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("is signed by a revoked certificate: ")
                        .contains("Driver Publisher"));
        assertThat(RevocationList.parse(
                                list(X509_SHA256_LIST, Arrays.copyOf(raw(Sha256.of(signer.getTBSCertificate())), 48)))
                        .why(OTHER, Optional.of(shim)))
                .isPresent();
        assertThat(RevocationList.parse(list(SHA256_LIST, raw(ONE))).why(OTHER, Optional.of(shim)))
                .isEmpty();
    }

    private static RevocationList text(String lines) {
        return RevocationList.parse(lines.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] raw(Sha256 digest) {
        return HexFormat.of().parseHex(digest.hex());
    }

    private static byte[] list(String type, byte[]... signatures) {
        int size = 16 + signatures[0].length;
        ByteBuffer list = ByteBuffer.allocate(28 + size * signatures.length).order(ByteOrder.LITTLE_ENDIAN);
        list.put(HexFormat.ofDelimiter(" ").parseHex(type))
                .putInt(list.capacity())
                .putInt(0)
                .putInt(size);
        for (byte[] signature : signatures) {
            list.put(new byte[16]).put(signature);
        }
        return list.array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
