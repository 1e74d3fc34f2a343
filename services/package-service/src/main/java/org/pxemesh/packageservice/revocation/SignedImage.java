package org.pxemesh.packageservice.revocation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pxemesh.content.Sha256;

/**
 * What a firmware with Secure Boot on looks at in an EFI program: its digest without the signature, and the certificates of
 * its signatures. Source: "Windows Authenticode Portable Executable Signature Format", sections "Calculating the PE Image
 * Hash" and "PKCS #7 SignedData Structure"; UEFI 2.10, section 32.5.3.3.
 *
 * @param digest SHA-256 of the image as Authenticode counts it
 * @param certificates of all signatures, those of the authorities in between among them; empty when it is not signed
 */
record SignedImage(Sha256 digest, List<X509Certificate> certificates) {

    private static final int HEAD = 4096;
    private static final int SECTION = 40;
    private static final int MAX_SECTIONS = 96;
    private static final int MAX_CERTIFICATES = 256 << 10;
    private static final int PE32 = 0x10b;
    private static final int PE32_PLUS = 0x20b;
    private static final int SIGNED_DATA = 2;

    SignedImage {
        certificates = List.copyOf(certificates);
    }

    private record Range(long from, long length) {}

    /**
     * Reads an image.
     *
     * @return empty if it is no PE image, or one whose headers contradict each other, which no firmware starts
     */
    static Optional<SignedImage> read(FileChannel file) throws IOException {
        ByteBuffer head = bytes(file, 0, HEAD);
        if (head.limit() < 0x40 || head.getShort(0) != 0x5a4d) {
            return Optional.empty();
        }
        int pe = head.getInt(0x3c);
        if (pe < 0 || pe > head.limit() - 24 - 120 || head.getInt(pe) != 0x4550) {
            return Optional.empty();
        }
        int optional = pe + 24;
        int magic = head.getShort(optional) & 0xffff;
        int sections = head.getShort(pe + 6) & 0xffff;
        int table = optional + (head.getShort(pe + 20) & 0xffff);
        if (magic != PE32 && magic != PE32_PLUS
                || sections > MAX_SECTIONS
                || table + sections * SECTION > head.limit()) {
            return Optional.empty();
        }
        int directories = optional + (magic == PE32 ? 92 : 108);
        int security = directories + 4 + 4 * 8;
        boolean listed = Integer.compareUnsigned(head.getInt(directories), 4) > 0 && security + 8 <= table;
        Range signatures = listed ? new Range(unsigned(head, security), unsigned(head, security + 4)) : new Range(0, 0);
        long size = file.size();
        long headers = unsigned(head, optional + 60);
        if (headers < security + 8 || headers > size || signatures.length() > size) {
            return Optional.empty();
        }
        List<Range> hashed = new ArrayList<>();
        int checksum = optional + 64;
        hashed.add(new Range(0, checksum));
        if (listed) {
            hashed.add(new Range(checksum + 4, security - checksum - 4));
            hashed.add(new Range(security + 8, headers - security - 8));
        } else {
            hashed.add(new Range(checksum + 4, headers - checksum - 4));
        }
        long sum = headers;
        for (Range section : sections(head, table, sections)) {
            hashed.add(section);
            sum += section.length();
        }
        long rest = size - signatures.length() - sum;
        if (rest < 0) {
            return Optional.empty();
        }
        hashed.add(new Range(sum, rest));
        Optional<Sha256> digest = digest(file, hashed);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> certificates = signatures.length() == 0 || signatures.from() == 0
                ? List.of()
                : certificates(bytes(file, signatures.from(), (int) Math.min(signatures.length(), MAX_CERTIFICATES)));
        return Optional.of(new SignedImage(digest.get(), certificates));
    }

    /** In the order of the file, as they are hashed. */
    private static List<Range> sections(ByteBuffer head, int table, int count) {
        List<Range> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = table + i * SECTION;
            Range section = new Range(unsigned(head, at + 20), unsigned(head, at + 16));
            if (section.length() > 0) {
                sections.add(section);
            }
        }
        sections.sort(Comparator.comparingLong(Range::from));
        return sections;
    }

    private static Optional<Sha256> digest(FileChannel file, List<Range> ranges) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        for (Range range : ranges) {
            long at = range.from();
            long end = at + range.length();
            while (at < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
                int read = file.read(buffer, at);
                if (read <= 0) {
                    return Optional.empty();
                }
                digest.update(buffer.flip());
                at += read;
            }
        }
        return Optional.of(Sha256.finish(digest));
    }

    /** Of each entry that is a PKCS #7 SignedData; what cannot be read is nobody's signature. */
    private static List<X509Certificate> certificates(ByteBuffer table) {
        List<X509Certificate> all = new ArrayList<>();
        int at = 0;
        while (at + 8 < table.limit()) {
            int length = table.getInt(at);
            if (length <= 8 || length > table.limit() - at) {
                return all;
            }
            if (table.getShort(at + 6) == SIGNED_DATA) {
                byte[] pkcs7 = new byte[length - 8];
                table.get(at + 8, pkcs7);
                try {
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pkcs7))
                            .forEach(certificate -> all.add((X509Certificate) certificate));
                } catch (CertificateException e) {
                    return all;
                }
            }
            at += length + 7 & ~7;
        }
        return all;
    }

    private static long unsigned(ByteBuffer head, int at) {
        return Integer.toUnsignedLong(head.getInt(at));
    }

    private static ByteBuffer bytes(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, Math.max(0, file.size() - at)));
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
            // until it is full or the file ends
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
