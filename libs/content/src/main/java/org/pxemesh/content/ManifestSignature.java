package org.pxemesh.content;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.TrustedKeys;

/**
 * HQ's Ed25519 signature (RFC 8032) over exactly the manifest's bytes, without any framing, so that it can be checked
 * with {@code openssl pkeyutl -verify -rawin}. The same key signs records; neither can pass for the other, because a
 * manifest begins with an opening brace and what is signed of a record does not.
 *
 * @param keyId which key: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo
 * @param bytes {@value #LENGTH} bytes
 */
public record ManifestSignature(String keyId, byte[] bytes) {

    public static final int LENGTH = 64;

    public ManifestSignature {
        bytes = bytes.clone();
        if (!keyId.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a keyid is 16 lower-case hex digits, not \"" + keyId + "\"");
        }
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "an Ed25519 signature has " + LENGTH + " bytes, this one has " + bytes.length);
        }
    }

    public static ManifestSignature sign(byte[] manifest, EventSigner signer) {
        return new ManifestSignature(signer.keyId(), signer.sign(manifest));
    }

    /** Reads {@link #toString}: {@code keyid:base64}. */
    public static ManifestSignature parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a manifest's signature is written keyid:base64");
        }
        return new ManifestSignature(
                text.substring(0, colon),
                Base64.getDecoder().decode(text.substring(colon + 1).strip()));
    }

    /** Why a manifest is not to be acted on; empty when a trusted key signed exactly these bytes. */
    public Optional<String> refuse(byte[] manifest, TrustedKeys trusted) {
        return trusted.refuse(keyId, manifest, bytes);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestSignature that && keyId.equals(that.keyId) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * keyId.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return keyId + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
