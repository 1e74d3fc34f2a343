package org.pxemesh.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final KeyPair KEYS = SigningKeys.generate();
    private static final TrustedKeys TRUSTED = TrustedKeys.of(KEYS.getPublic());
    private static final Envelope UNSIGNED =
            Envelope.of("1", "/policy-service", Instant.EPOCH, new SiteDeleted(new UUID(1, 2), 7));
    private static final SignedRecord SIGNED = new EventSigner(KEYS).sign("pxemesh.down.site", "some key", UNSIGNED);

    @Test
    void shouldBelieveWhatHqSigned() {
        assertThat(TRUSTED.refuse(SIGNED)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNotSigned() {
        assertThat(TRUSTED.refuse(new SignedRecord("pxemesh.down.site", "some key", UNSIGNED)))
                .hasValue("it is not signed");
    }

    @Test
    void shouldRefuseAnotherPlace() {
        assertThat(TRUSTED.refuse(new SignedRecord("pxemesh.down.site", "other key", SIGNED.envelope())))
                .isPresent();
        assertThat(TRUSTED.refuse(new SignedRecord("pxemesh.down.policy", "some key", SIGNED.envelope())))
                .isPresent();
    }

    @Test
    void shouldRefuseAlteredDataAndType() {
        Envelope e = SIGNED.envelope();
        byte[] data = e.data().clone();
        data[10] ^= 1;

        assertThat(TRUSTED.refuse(with(e.type(), data)))
                .hasValueSatisfying(r -> assertThat(r).contains("altered"));
        assertThat(TRUSTED.refuse(with("org.pxemesh.policy.deleted.v1", e.data())))
                .isPresent();
    }

    @Test
    void shouldRefuseAStrangersKey() {
        SignedRecord foreign = new EventSigner(SigningKeys.generate()).sign("pxemesh.down.site", "some key", UNSIGNED);

        assertThat(TRUSTED.refuse(foreign))
                .hasValueSatisfying(r -> assertThat(r).contains("trusted are"));
    }

    @Test
    void shouldTrustTwoKeysWhileOneIsReplaced() {
        KeyPair next = SigningKeys.generate();
        TrustedKeys both =
                TrustedKeys.parse(TrustedKeys.format(KEYS.getPublic()) + ", " + TrustedKeys.format(next.getPublic()));

        assertThat(both.ids()).hasSize(2);
        assertThat(both.refuse(SIGNED)).isEmpty();
    }

    @Test
    void shouldSayWhichTrustedKeyIsWrong() {
        assertThatThrownBy(() -> TrustedKeys.parse(TrustedKeys.format(KEYS.getPublic()) + ",nonsense!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trusted key 2");
    }

    @Test
    void shouldKeepKeysAsPem() {
        KeyPair read = SigningKeys.parse(SigningKeys.format(KEYS));

        assertThat(read.getPublic()).isEqualTo(KEYS.getPublic());
        assertThat(read.getPrivate()).isEqualTo(KEYS.getPrivate());
        assertThatThrownBy(() -> SigningKeys.parse("hello")).hasMessageContaining("PRIVATE KEY block");
    }

    private static SignedRecord with(String type, byte[] data) {
        Envelope e = SIGNED.envelope();
        return new SignedRecord(
                SIGNED.topic(),
                SIGNED.key(),
                new Envelope(e.id(), e.source(), type, e.time(), e.keyId(), e.signature(), data));
    }
}
