package org.pxemesh.packageservice.wim;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pxemesh.packageservice.source.ImportException;

/**
 * The first 208 bytes of a WIM, held against the file: what they claim is checked before any program allocates memory by
 * them. Layout: Microsoft's "Windows Imaging File Format (WIM)", all numbers little-endian.
 *
 * @param images in the file
 * @param bootImage that boots, from 1; 0 for none
 * @param xml the description of the images, UTF-16LE
 * @param lzms whether files are compressed by LZMS, alone or together (solid), which boot managers cannot read
 */
public record WimHeader(int images, int bootImage, byte[] xml, boolean lzms) {

    static final int LENGTH = 208;
    private static final byte[] MAGIC = "MSWIM\0\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LZMS_VERSION = 0xe00;
    private static final int FLAG_LZMS = 0x80000;

    private static final int MAX_IMAGES = 64;
    private static final int MAX_XML = 4 << 20;
    private static final int ENTRY_LENGTH = 50;

    /** Twenty times what a Windows PE has. */
    private static final int MAX_ENTRIES = 1 << 19;

    private static final int RESOURCE_METADATA = 2;
    private static final int RESOURCE_COMPRESSED = 4;

    /** A Windows PE's tree of names takes some 5 MB. */
    private static final long MAX_METADATA = 256L << 20;

    /** Whether a file begins as a WIM does. */
    public static boolean isWim(byte[] head) {
        return head.length >= MAGIC.length
                && ByteBuffer.wrap(head, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /**
     * Reads and checks a WIM's header and table of resources.
     *
     * @param name for messages
     * @throws ImportException if it is no WIM, is cut off, split, or claims what cannot be
     */
    public static WimHeader read(Path file, String name) throws IOException, ImportException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Checked(channel, name).read();
        } catch (EOFException e) {
            throw new ImportException(name + " is cut off: it ends before the place where its header says that "
                    + "a part of it stands; was it copied whole?");
        }
    }

    private record Checked(SeekableByteChannel channel, String name) {

        WimHeader read() throws IOException, ImportException {
            ByteBuffer head = bytes(0, LENGTH);
            byte[] magic = new byte[MAGIC.length];
            head.get(0, magic);
            if (!isWim(magic)) {
                throw new ImportException(name + " is no Windows image: it does not begin with MSWIM");
            }
            int parts = head.getShort(42) & 0xffff;
            if (parts != 1) {
                throw new ImportException(name + " is one of " + parts + " parts of a split image: join them by"
                        + " 'wimlib-imagex join' first");
            }
            int images = head.getInt(44);
            if (images < 1 || images > MAX_IMAGES) {
                throw refused("says that it has " + Integer.toUnsignedString(images) + " images");
            }
            int boot = head.getInt(120);
            if (boot < 0 || boot > images) {
                throw refused("says that image " + Integer.toUnsignedString(boot) + " of " + images + " boots");
            }
            int flags = head.getInt(16);
            boolean lzms = (flags & FLAG_LZMS) != 0 || head.getInt(12) == LZMS_VERSION;
            if (!lzms) {
                checkTable(head);
            }
            return new WimHeader(images, boot, xml(head), lzms);
        }

        private byte[] xml(ByteBuffer head) throws IOException, ImportException {
            long size = resourceSize(head, 72);
            if (size > MAX_XML || (head.get(79) & RESOURCE_COMPRESSED) != 0) {
                throw refused("has a description of " + size + " bytes");
            }
            ByteBuffer there = bytes(head.getLong(80), (int) size);
            byte[] xml = new byte[there.remaining()];
            there.get(xml);
            return xml;
        }

        /** wimlib allocates by these numbers. */
        private void checkTable(ByteBuffer head) throws IOException, ImportException {
            long size = resourceSize(head, 48);
            long entries = size / ENTRY_LENGTH;
            if (entries > MAX_ENTRIES || head.getLong(64) != size || (head.get(55) & RESOURCE_COMPRESSED) != 0) {
                throw refused("says that its table of resources has " + entries + " entries");
            }
            ByteBuffer table = bytes(head.getLong(56), (int) (entries * ENTRY_LENGTH));
            for (int at = 0; at < table.limit(); at += ENTRY_LENGTH) {
                long stored = resourceSize(table, at);
                long original = table.getLong(at + 16);
                int kind = table.get(at + 7);
                if ((kind & RESOURCE_METADATA) != 0 && (original < 0 || original > MAX_METADATA)) {
                    throw refused(
                            "says that its tree of names unpacks to " + Long.toUnsignedString(original) + " bytes");
                }
                requireInside(table.getLong(at + 8), stored);
            }
        }

        private static long resourceSize(ByteBuffer at, int offset) {
            return at.getLong(offset) & 0x00ff_ffff_ffff_ffffL;
        }

        private void requireInside(long offset, long length) throws IOException {
            if (offset < 0 || length < 0 || offset > channel.size() - length) {
                throw new EOFException();
            }
        }

        private ByteBuffer bytes(long offset, int length) throws IOException {
            requireInside(offset, length);
            ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(offset);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException();
                }
            }
            return bytes.flip();
        }

        private ImportException refused(String claim) {
            return new ImportException(name + " " + claim + ": it is damaged, or made to do harm");
        }
    }
}
