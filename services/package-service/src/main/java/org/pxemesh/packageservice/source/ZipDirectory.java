package org.pxemesh.packageservice.source;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the entries of a zip before a library reads its directory into memory: the directory's own count may lie.
 * Layout: APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16.
 */
final class ZipDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ZIP64_LOCATOR_LENGTH = 20;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int MAX_COMMENT = 0xffff;

    private ZipDirectory() {}

    static void requireFewEntries(Path file, int maxFiles) throws IOException, ImportException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(start(channel));
            long count = 0;
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
            while (true) {
                ByteBuffer entry = little(in.readNBytes(ENTRY_LENGTH));
                if (entry.remaining() < ENTRY_LENGTH || entry.getInt(0) != ENTRY_SIGNATURE) {
                    break;
                }
                // Folders are entries too: twice the files is plenty.
                if (++count > 2L * maxFiles) {
                    throw new ImportException("the archive has more entries than pxemesh.import.max-files=" + maxFiles
                            + " files can need");
                }
                int behind =
                        (entry.getShort(28) & 0xffff) + (entry.getShort(30) & 0xffff) + (entry.getShort(32) & 0xffff);
                in.skipNBytes(behind);
            }
            if (count == 0) {
                throw damaged();
            }
        } catch (EOFException e) {
            throw damaged();
        }
    }

    private static long start(SeekableByteChannel channel) throws IOException, ImportException {
        int tail = (int) Math.min(channel.size(), END_LENGTH + MAX_COMMENT);
        long tailAt = channel.size() - tail;
        ByteBuffer bytes = read(channel, tailAt, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END_SIGNATURE) {
                long offset = bytes.getInt(at + 16) & 0xffffffffL;
                return offset == 0xffffffffL ? zip64Start(channel, tailAt + at) : within(channel, offset);
            }
        }
        throw damaged();
    }

    private static long zip64Start(SeekableByteChannel channel, long endAt) throws IOException, ImportException {
        ByteBuffer locator = read(channel, within(channel, endAt - ZIP64_LOCATOR_LENGTH), ZIP64_LOCATOR_LENGTH);
        if (locator.getInt(0) != ZIP64_LOCATOR_SIGNATURE) {
            throw damaged();
        }
        ByteBuffer end = read(channel, within(channel, locator.getLong(8)), 56);
        return within(channel, end.getLong(48));
    }

    private static long within(SeekableByteChannel channel, long offset) throws IOException, ImportException {
        if (offset < 0 || offset >= channel.size()) {
            throw damaged();
        }
        return offset;
    }

    private static ByteBuffer read(SeekableByteChannel channel, long at, int length)
            throws IOException, ImportException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        channel.position(at);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw damaged();
            }
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ImportException damaged() {
        return new ImportException("the archive is damaged: its directory cannot be read; was it uploaded whole?");
    }
}
