package org.pxemesh.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HQ's key pair as a PEM text: a PKCS#8 private key and the X.509 public key after it (RFC 7468), as {@code openssl
 * genpkey -algorithm ed25519} and {@code openssl pkey -pubout} write them.
 */
public final class SigningKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PRIVATE KEY|PUBLIC KEY)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private SigningKeys() {}

    /** A new pair. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** The PEM text of a pair; the file that holds it is for HQ's eyes alone. */
    public static String format(KeyPair keys) {
        return block("PRIVATE KEY", keys.getPrivate().getEncoded())
                + block("PUBLIC KEY", keys.getPublic().getEncoded());
    }

    /**
     * The pair in a PEM text.
     *
     * @throws IllegalArgumentException saying which block is missing or wrong
     */
    public static KeyPair parse(String pem) {
        byte[] privateKey = null;
        byte[] publicKey = null;
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            if (matcher.group(1).equals("PRIVATE KEY")) {
                privateKey = der;
            } else {
                publicKey = der;
            }
        }
        if (privateKey == null || publicKey == null) {
            throw new IllegalArgumentException("signing key has no "
                    + (privateKey == null ? "PRIVATE" : "PUBLIC")
                    + " KEY block: append the output of 'openssl pkey -pubout' to that of 'openssl genpkey -algorithm"
                    + " ed25519'");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            PrivateKey priv = factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            PublicKey pub = factory.generatePublic(new X509EncodedKeySpec(publicKey));
            return new KeyPair(pub, priv);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("signing key is not an Ed25519 key pair: " + e.getMessage(), e);
        }
    }

    private static String block(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n" + LINES.encodeToString(der) + "\n-----END " + name + "-----\n";
    }
}
