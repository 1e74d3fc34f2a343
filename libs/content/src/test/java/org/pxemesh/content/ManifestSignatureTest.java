package org.pxemesh.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.TrustedKeys;

class ManifestSignatureTest {

    private static final KeyPair KEYS = SigningKeys.generate();
    private static final byte[] MANIFEST = TestManifests.small().toBytes();

    private final ManifestSignature signature = ManifestSignature.sign(MANIFEST, new EventSigner(KEYS));

    @Test
    void shouldBeCheckedWithThePublicKeyAlone() {
        // Given
        String setting = TrustedKeys.format(KEYS.getPublic());
        // When
        ManifestSignature received = ManifestSignature.parse(signature.toString());
        // Then
        assertThat(received).isEqualTo(signature);
        assertThat(received.refuse(MANIFEST, TrustedKeys.parse(setting))).isEmpty();
    }

    @Test
    void shouldRefuseAlteredBytesAndStrangersKeys() {
        byte[] altered = MANIFEST.clone();
        altered[altered.length / 2] ^= 1;
        assertThat(signature.refuse(altered, TrustedKeys.of(KEYS.getPublic())))
                .hasValueSatisfying(why -> assertThat(why).contains("altered"));
        assertThat(signature.refuse(
                        MANIFEST, TrustedKeys.of(SigningKeys.generate().getPublic())))
                .hasValueSatisfying(why -> assertThat(why).contains(signature.keyId()));
    }

    @Test
    void shouldSayWhatIsWrongWithABrokenText() {
        assertThatThrownBy(() -> ManifestSignature.parse("abc")).hasMessageContaining("keyid:base64");
        assertThatThrownBy(() -> ManifestSignature.parse("xyz:AAAA")).hasMessageContaining("keyid");
        assertThatThrownBy(() -> ManifestSignature.parse(signature.keyId() + ":AAAA"))
                .hasMessageContaining("64 bytes, this one has 3");
        assertThatThrownBy(() -> ManifestSignature.parse(signature.keyId() + ":?"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
