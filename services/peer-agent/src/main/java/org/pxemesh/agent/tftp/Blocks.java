package org.pxemesh.agent.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.ContentStore.StoredFile;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpSession;

/**
 * Fills DATA packets from a file: one read for many blocks, which are then laid out with their headers. Lock-step clients
 * ask for one block at a time; what was read beyond it is kept for the next ones. The file is opened when its first octets
 * are wanted, since many clients only ask how long it is. TFTP's thread only.
 */
final class Blocks implements Closeable {

    /** Octets read at a time for who asks for less: what 32 clients have ahead fits a processor's cache. */
    private static final int AHEAD = 16 * 1024;

    private final Path location;
    private final long size;
    private final @Nullable ByteBuffer made;
    private final @Nullable StoredFile arriving;
    private final ReadAhead buffers;
    private @Nullable FileChannel channel;
    private @Nullable ByteBuffer ahead;
    private long aheadFrom;
    private int aheadLength;

    Blocks(ServedFile file, ReadAhead buffers) {
        this.size = file.size();
        this.made = file instanceof ServedFile.Made here ? ByteBuffer.wrap(here.content()) : null;
        this.arriving = file instanceof ServedFile.Arriving part ? part.stored() : null;
        this.location = switch (file) {
            case ServedFile.OnDisk disk -> disk.location();
            case ServedFile.Arriving part -> part.stored().path();
            case ServedFile.Made here -> Path.of("");
            case ServedFile.Disk disk -> throw new IllegalArgumentException("a disk over TFTP: " + disk.path());
        };
        this.buffers = buffers;
    }

    /** Appends the DATA packets of consecutive blocks to a buffer; all have the same length but the file's last. */
    void write(TftpSession session, long first, int count, ByteBuffer out) throws IOException {
        long start = session.offset(first);
        long end = session.offset(first + count - 1) + session.length(first + count - 1);
        ByteBuffer source = made == null ? read(start, (int) (end - start), session.isProven()) : made;
        int from = (int) (start - (made == null ? aheadFrom : 0));
        for (long block = first; block < first + count; block++) {
            int length = session.length(block);
            TftpCodec.putDataHeader(out, block);
            out.put(out.position(), source, from, length);
            out.position(out.position() + length);
            from += length;
        }
    }

    /** Whether all octets of these blocks can be read: of a file that is still arriving, those that were verified. */
    boolean areThere(TftpSession session, long first, int count) {
        long last = first + count - 1;
        long start = session.offset(first);
        return arriving == null || arriving.holds(start, session.offset(last) + session.length(last) - start);
    }

    /**
     * A buffer that has the octets, {@link #aheadFrom} at its beginning.
     *
     * @param lasting whether the transfer may keep one: a stranger's may not, or a flood would have them all
     */
    private ByteBuffer read(long start, int length, boolean lasting) throws IOException {
        ByteBuffer buffer = ahead;
        if (buffer == null) {
            buffer = lasting ? buffers.take() : null;
            if (buffer == null) {
                aheadFrom = start;
                return fill(buffers.shared(), start, length);
            }
            ahead = buffer;
            aheadLength = 0;
        }
        if (start < aheadFrom || start + length > aheadFrom + aheadLength) {
            // Of a window that is most of the buffer, nothing beyond it would be there when the next one is asked for.
            // In a file that is still arriving it may be a hole.
            int wanted = arriving != null || length > AHEAD / 2 ? length : AHEAD;
            aheadLength = 0;
            aheadFrom = start;
            int most = (int) Math.min(wanted, size - start);
            fill(buffer, start, most);
            aheadLength = most;
        }
        return buffer;
    }

    private ByteBuffer fill(ByteBuffer into, long start, int length) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(location, StandardOpenOption.READ);
            channel = open;
        }
        into.clear().limit(length);
        while (into.hasRemaining()) {
            long at = start + into.position();
            if (open.read(into, at) < 0) {
                throw new IOException("the file ends at " + at + ", before its known size");
            }
        }
        return into;
    }

    /** Octets that {@link #write} appends for the blocks. */
    static int encodedLength(TftpSession session, long first, int count) {
        return count * TftpCodec.DATA_HEADER
                + (count - 1) * session.agreement().blockSize()
                + session.length(first + count - 1);
    }

    @Override
    public void close() throws IOException {
        if (ahead != null) {
            buffers.giveBack(ahead);
            ahead = null;
        }
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
