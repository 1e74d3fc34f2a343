package org.pxemesh.agent.tftp;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.netboot.tftp.TftpCodec;
import org.pxemesh.netboot.tftp.TftpSession;

/**
 * Fills DATA packets from a file: one read for many blocks, which are then laid out with their headers. Lock-step clients
 * ask for one block at a time; what was read beyond it is kept for the next ones. Boot thread only.
 */
final class Blocks implements Closeable {

    private final @Nullable FileChannel channel;
    private final byte[] content;
    private final ReadAhead buffers;
    private @Nullable ByteBuffer ahead;
    private long aheadFrom;

    private Blocks(@Nullable FileChannel channel, byte[] content, ReadAhead buffers) {
        this.channel = channel;
        this.content = content;
        this.buffers = buffers;
    }

    static Blocks open(ServedFile file, ReadAhead buffers) throws IOException {
        return switch (file) {
            case ServedFile.OnDisk disk ->
                new Blocks(FileChannel.open(disk.location(), StandardOpenOption.READ), new byte[0], buffers);
            case ServedFile.Made made -> new Blocks(null, made.content(), buffers);
        };
    }

    /** Appends the DATA packets of consecutive blocks to a buffer; all have the same length but the file's last. */
    void write(TftpSession session, long first, int count, ByteBuf out) throws IOException {
        long start = session.offset(first);
        long end = session.offset(first + count - 1) + session.length(first + count - 1);
        ByteBuffer window = read(start, (int) (end - start), session.fileLength());
        for (long block = first; block < first + count; block++) {
            int length = session.length(block);
            out.writeShort(DATA).writeShort((int) block);
            window.limit(window.position() + length);
            out.writeBytes(window);
        }
    }

    private ByteBuffer read(long start, int length, long fileLength) throws IOException {
        if (channel == null) {
            return ByteBuffer.wrap(content, (int) start, length).slice();
        }
        ByteBuffer buffer = ahead == null ? buffers.take() : ahead;
        if (buffer == null) {
            ByteBuffer shared = buffers.shared();
            fill(channel, shared, start, length);
            return shared;
        }
        if (ahead == null) {
            ahead = buffer;
            buffer.limit(0);
        }
        int held = buffer.limit();
        if (start < aheadFrom || start + length > aheadFrom + held) {
            // Of a window that is most of the buffer, nothing beyond it would be there when the next one is asked for.
            int wanted = length > buffer.capacity() / 2 ? length : buffer.capacity();
            fill(channel, buffer, start, (int) Math.min(wanted, fileLength - start));
            aheadFrom = start;
        }
        ByteBuffer window = buffer.duplicate();
        return window.position((int) (start - aheadFrom));
    }

    private static void fill(FileChannel channel, ByteBuffer into, long start, int length) throws IOException {
        into.clear().limit(length);
        while (into.hasRemaining()) {
            long at = start + into.position();
            if (channel.read(into, at) < 0) {
                into.limit(0);
                throw new IOException("the file ends at " + at + ", before its known size");
            }
        }
        into.flip();
    }

    private static final int DATA = 3;

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
        }
    }
}
