package org.pxemesh.events;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys an agent acts on, from {@code pxemesh.trust.keys}. Two may be valid while a key is replaced. Keys
 * come with the agent, never from the network.
 */
public final class TrustedKeys {
    private final Map<String, PublicKey> keys;

    private TrustedKeys(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Keys from their setting.
     *
     * @param setting base64 of X.509 SubjectPublicKeyInfo of Ed25519 keys (RFC 8410), separated by commas
     * @throws IllegalArgumentException naming the entry that is not such a key
     */
    public static TrustedKeys parse(String setting) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        int n = 0;
        for (String entry : setting.split(",", -1)) {
            n++;
            String trimmed = entry.strip();
            if (trimmed.isEmpty()) {
                continue;
            }
            try {
                PublicKey key = KeyFactory.getInstance("Ed25519")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(trimmed)));
                keys.put(idOf(key), key);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "trusted key " + n + " is not the base64 of an Ed25519 public key (SubjectPublicKeyInfo)", e);
            }
        }
        return new TrustedKeys(keys);
    }

    /** Exactly one trusted key. */
    public static TrustedKeys of(PublicKey key) {
        return new TrustedKeys(Map.of(idOf(key), key));
    }

    /** The setting that {@link #parse} reads. */
    public static String format(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** First 16 hex digits of the SHA-256 of the key's SubjectPublicKeyInfo. */
    public static String idOf(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public Set<String> ids() {
        return keys.keySet();
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Why a record is not to be acted on; empty when its signature is good. */
    public Optional<String> refuse(SignedRecord record) {
        Envelope envelope = record.envelope();
        if (envelope.keyId() == null || envelope.signature() == null) {
            return Optional.of("it is not signed");
        }
        return refuse(envelope.keyId(), record.signedBytes(), envelope.signature());
    }

    /** Why signed bytes are not to be acted on; empty when the signature is good. */
    public Optional<String> refuse(String keyId, byte[] bytes, byte[] signature) {
        PublicKey key = keys.get(keyId);
        if (key == null) {
            return Optional.of("it is signed with key " + keyId + ", trusted are " + keys.keySet());
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature)
                    ? Optional.empty()
                    : Optional.of("its signature by key " + keyId + " does not fit: it was altered");
        } catch (GeneralSecurityException e) {
            return Optional.of("its signature by key " + keyId + " cannot be read: " + e.getMessage());
        }
    }
}
