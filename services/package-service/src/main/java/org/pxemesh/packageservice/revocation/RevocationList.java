package org.pxemesh.packageservice.revocation;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.pxemesh.content.Sha256;

/**
 * What is revoked: images by their digests and all that certain certificates signed. Two forms are read: UEFI's signature
 * lists (the variable {@code dbx} as firmware vendors and uefi.org publish its updates; UEFI 2.10, sections 32.4.1 and 8.2.2),
 * and lines of SHA-256 digests, for programs that no list of UEFI's names.
 *
 * @param digests of images as Authenticode counts them, or of whole files
 * @param certificates whose signatures count for nothing, nor those of certificates that they signed
 * @param certificateDigests SHA-256 of such certificates' signed part
 */
record RevocationList(Set<Sha256> digests, List<X509Certificate> certificates, Set<Sha256> certificateDigests) {

    static final RevocationList EMPTY = new RevocationList(Set.of(), List.of(), Set.of());

    private static final UUID SHA256 = UUID.fromString("c1c41626-504c-4092-aca9-41f936934328");
    private static final UUID X509 = UUID.fromString("a5c059a1-94e4-4aa7-87b5-ab155c2bf072");
    private static final UUID X509_SHA256 = UUID.fromString("3bd2a492-96c0-4079-b420-fcf98ef103ed");

    private static final int LIST_HEAD = 28;
    private static final int OWNER = 16;
    private static final int DIGEST = 32;
    private static final int TIME = 16;
    private static final int EFI_GUID_CERTIFICATE = 0x0ef1;

    RevocationList {
        digests = Set.copyOf(digests);
        certificates = List.copyOf(certificates);
        certificateDigests = Set.copyOf(certificateDigests);
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException saying what is wrong with it and where
     */
    static RevocationList parse(byte[] bytes) {
        return isText(bytes) ? lines(new String(bytes, StandardCharsets.US_ASCII)) : signatureLists(bytes);
    }

    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static RevocationList lines(String text) {
        Set<Sha256> digests = new HashSet<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String said = line.replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT);
            if (said.isEmpty()) {
                continue;
            }
            String first = said.split("[\\s,;]", 2)[0];
            if (!Sha256.isValid(first)) {
                throw new IllegalArgumentException(
                        "line " + number + " does not begin with a SHA-256 digest (64 hex digits): \""
                                + (said.length() > 80 ? said.substring(0, 80) + "..." : said) + "\"");
            }
            digests.add(new Sha256(first));
        }
        return new RevocationList(digests, List.of(), Set.of());
    }

    private static RevocationList signatureLists(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.position(skipped(in));
        Set<Sha256> digests = new HashSet<>();
        List<X509Certificate> certificates = new ArrayList<>();
        Set<Sha256> certificateDigests = new HashSet<>();
        while (in.hasRemaining()) {
            int at = in.position();
            if (in.remaining() < LIST_HEAD) {
                throw new IllegalArgumentException("a signature list is cut off at octet " + at);
            }
            UUID type = guid(in);
            long listSize = Integer.toUnsignedLong(in.getInt());
            long headerSize = Integer.toUnsignedLong(in.getInt());
            long size = Integer.toUnsignedLong(in.getInt());
            long all = listSize - LIST_HEAD - headerSize;
            if (listSize > bytes.length - at || all < 0 || size <= OWNER || all % size != 0) {
                throw new IllegalArgumentException("the signature list at octet " + at
                        + " contradicts itself; this is neither a dbx of UEFI nor lines of digests");
            }
            in.position(in.position() + (int) headerSize);
            for (long i = 0; i < all / size; i++) {
                byte[] data = new byte[(int) size - OWNER];
                in.position(in.position() + OWNER).get(data);
                if (type.equals(SHA256) && data.length == DIGEST) {
                    digests.add(digest(data));
                } else if (type.equals(X509)) {
                    certificates.add(certificate(data, at));
                } else if (type.equals(X509_SHA256) && data.length == DIGEST + TIME) {
                    certificateDigests.add(digest(data));
                }
                // other kinds (SHA-1, SHA-384, RSA keys) stand in no dbx that is published
            }
        }
        return new RevocationList(digests, certificates, certificateDigests);
    }

    /**
     * What stands before the lists: an update's signature (EFI_VARIABLE_AUTHENTICATION_2), or the attributes that Linux puts
     * before a variable in efivarfs.
     */
    private static int skipped(ByteBuffer in) {
        if (in.limit() >= 40 && in.getShort(22) == (short) EFI_GUID_CERTIFICATE) {
            long length = Integer.toUnsignedLong(in.getInt(16));
            if (length >= 24 && length <= in.limit() - 16) {
                return 16 + (int) length;
            }
        }
        boolean attributes = in.limit() >= 4 && in.getInt(0) > 0 && in.getInt(0) < 0x100;
        return attributes ? 4 : 0;
    }

    private static X509Certificate certificate(byte[] der, int list) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "the signature list at octet " + list + " has a certificate that cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** GUIDs begin with a 32-bit and two 16-bit little-endian numbers. */
    private static UUID guid(ByteBuffer in) {
        long high = Integer.toUnsignedLong(in.getInt()) << 32
                | Short.toUnsignedLong(in.getShort()) << 16
                | Short.toUnsignedLong(in.getShort());
        long low = Long.reverseBytes(in.getLong());
        return new UUID(high, low);
    }

    private static Sha256 digest(byte[] data) {
        return new Sha256(HexFormat.of().formatHex(data, 0, DIGEST));
    }

    /** Both lists as one. */
    RevocationList and(RevocationList other) {
        Set<Sha256> all = new HashSet<>(digests);
        all.addAll(other.digests);
        Set<Sha256> allCertificates = new HashSet<>(certificateDigests);
        allCertificates.addAll(other.certificateDigests);
        return new RevocationList(
                all,
                Stream.concat(certificates.stream(), other.certificates.stream())
                        .toList(),
                allCertificates);
    }

    boolean isEmpty() {
        return digests.isEmpty() && certificates.isEmpty() && certificateDigests.isEmpty();
    }

    /** Why a file is revoked, in words that follow its name; empty when it is not. */
    Optional<String> why(Sha256 wholeFile, Optional<SignedImage> image) {
        if (digests.contains(wholeFile)) {
            return Optional.of("is revoked by its digest " + wholeFile);
        }
        return image.flatMap(this::why);
    }

    private Optional<String> why(SignedImage image) {
        if (digests.contains(image.digest())) {
            return Optional.of("is revoked by its Authenticode digest " + image.digest());
        }
        return image.certificates().stream()
                .filter(this::isRevoked)
                .findFirst()
                .map(revoked -> "is signed by a revoked certificate: "
                        + revoked.getSubjectX500Principal().getName());
    }

    private boolean isRevoked(X509Certificate certificate) {
        try {
            if (certificateDigests.contains(Sha256.of(certificate.getTBSCertificate()))) {
                return true;
            }
        } catch (CertificateException e) {
            return true; // what cannot be read is not trusted either
        }
        return certificates.stream().anyMatch(revoked -> revoked.equals(certificate) || signed(revoked, certificate));
    }

    private static boolean signed(X509Certificate authority, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
