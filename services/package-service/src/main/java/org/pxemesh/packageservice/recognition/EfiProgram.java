package org.pxemesh.packageservice.recognition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.pxemesh.events.BootSigning;

/**
 * What the headers of an EFI program tell. Layout: Microsoft's "PE Format", sections "COFF File Header", "Optional Header"
 * and "The Attribute Certificate Table". The signature itself is judged by the firmware, not here.
 *
 * @param architecture {@code x64-uefi}, {@code ia32-uefi} or {@code aa64-uefi}
 * @param signed whether it has a certificate table
 * @param signedBy which of Microsoft's authorities the table names
 */
public record EfiProgram(String architecture, boolean signed, BootSigning signedBy) {

    private static final int HEAD = 4096;
    private static final int MAX_CERTIFICATES = 256 << 10;
    private static final int PE32 = 0x10b;
    private static final int PE32_PLUS = 0x20b;

    /** EFI application, boot service driver, runtime driver, ROM. */
    private static final Set<Integer> EFI_SUBSYSTEMS = Set.of(10, 11, 12, 13);

    /** Empty if the file is no EFI program of an architecture that boots by network. */
    public static Optional<EfiProgram> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer head = read(channel, 0, HEAD);
            if (head.limit() < 0x40 || head.getShort(0) != 0x5a4d) {
                return Optional.empty();
            }
            int pe = head.getInt(0x3c);
            if (pe < 0 || pe > head.limit() - 24 - 160 || head.getInt(pe) != 0x4550) {
                return Optional.empty();
            }
            int optional = pe + 24;
            int magic = head.getShort(optional) & 0xffff;
            Optional<String> architecture = architecture(head.getShort(pe + 4) & 0xffff);
            if ((magic != PE32 && magic != PE32_PLUS)
                    || architecture.isEmpty()
                    || !EFI_SUBSYSTEMS.contains(head.getShort(optional + 68) & 0xffff)) {
                return Optional.empty();
            }
            int directories = optional + (magic == PE32 ? 92 : 108);
            int security = directories + 4 + 4 * 8;
            boolean listed = Integer.compareUnsigned(head.getInt(directories), 4) > 0 && security + 8 <= head.limit();
            long size = listed ? Integer.toUnsignedLong(head.getInt(security + 4)) : 0;
            long at = listed ? Integer.toUnsignedLong(head.getInt(security)) : 0;
            boolean signed = size > 8 && at > 0 && at + 8 <= channel.size();
            BootSigning by =
                    signed ? signedBy(read(channel, at, (int) Math.min(size, MAX_CERTIFICATES))) : BootSigning.UNKNOWN;
            return Optional.of(new EfiProgram(architecture.get(), signed, by));
        }
    }

    private static Optional<String> architecture(int machine) {
        return switch (machine) {
            case 0x8664 -> Optional.of("x64-uefi");
            case 0x14c -> Optional.of("ia32-uefi");
            case 0xaa64 -> Optional.of("aa64-uefi");
            default -> Optional.empty();
        };
    }

    /** The certificates' names stand in the table as plain text, whatever else is around them. */
    private static BootSigning signedBy(ByteBuffer table) {
        String text = StandardCharsets.ISO_8859_1.decode(table).toString();
        if (text.contains("Windows UEFI CA 2023")) {
            return BootSigning.CA2023;
        }
        return text.contains("Windows Production PCA 2011") ? BootSigning.CA2011 : BootSigning.UNKNOWN;
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, Math.max(0, channel.size() - at)));
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // until it is full or the file ends
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
