package org.pxemesh.content;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;

/**
 * HQ's Ed25519 signature (RFC 8032) over exactly the manifest's bytes, without any framing, so that it can be checked
 * with {@code openssl pkeyutl -verify -rawin}. A signed record can never pass for a manifest: a manifest begins with
 * an opening brace.
 *
 * @param keyId which key: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo
 * @param bytes 64 bytes
 */
public record ManifestSignature(String keyId, byte[] bytes) {

    public static final int LENGTH = 64;

    private static final String ALGORITHM = "Ed25519";

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

    public static ManifestSignature sign(byte[] manifest, PrivateKey key, PublicKey publicKey) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(manifest);
            return new ManifestSignature(keyId(publicKey), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign a manifest: " + e.getMessage(), e);
        }
    }

    /** True only if {@code key} is the named one and its owner signed exactly these bytes. */
    public boolean verifies(byte[] manifest, PublicKey key) {
        if (!keyId(key).equals(keyId)) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(manifest);
            return signature.verify(bytes);
        } catch (SignatureException | InvalidKeyException e) {
            // Not decodable as a signature, or not an Ed25519 key: either way nobody signed this.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has " + ALGORITHM, e);
        }
    }

    /** The name of a key: the first 16 hex digits of the SHA-256 of its X.509 encoding. */
    public static String keyId(PublicKey key) {
        return Sha256.of(key.getEncoded()).hex().substring(0, 16);
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
        return "ManifestSignature[keyId=" + keyId + "]";
    }
}
