package org.pxemesh.events;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs with HQ's Ed25519 key (RFC 8032). Safe for use by several threads. */
public final class EventSigner {
    private final PrivateKey privateKey;
    private final String keyId;

    public EventSigner(KeyPair keys) {
        this.privateKey = keys.getPrivate();
        PublicKey publicKey = keys.getPublic();
        this.keyId = TrustedKeys.idOf(publicKey);
    }

    /** Which key signs: see {@link TrustedKeys#idOf}. */
    public String keyId() {
        return keyId;
    }

    /** The 64-byte signature over some bytes. */
    public byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + keyId + " does not sign; is it an Ed25519 key?", e);
        }
    }

    /** The envelope, signed for its place in a topic. */
    public SignedRecord sign(String topic, String key, Envelope unsigned) {
        byte[] signature = sign(SignedRecord.signedBytes(topic, key, unsigned.type(), unsigned.data()));
        return new SignedRecord(
                topic,
                key,
                new Envelope(
                        unsigned.id(),
                        unsigned.source(),
                        unsigned.type(),
                        unsigned.time(),
                        keyId,
                        signature,
                        unsigned.data()));
    }
}
