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

/** Fills DATA packets from a file: one read for a whole window, then the blocks are laid out with their headers. */
final class Blocks implements Closeable {

    private final @Nullable FileChannel channel;
    private final byte[] content;

    private Blocks(@Nullable FileChannel channel, byte[] content) {
        this.channel = channel;
        this.content = content;
    }

    static Blocks open(ServedFile file) throws IOException {
        return switch (file) {
            case ServedFile.OnDisk disk ->
                new Blocks(FileChannel.open(disk.location(), StandardOpenOption.READ), new byte[0]);
            case ServedFile.Made made -> new Blocks(null, made.content());
        };
    }

    /**
     * Appends the DATA packets of consecutive blocks to a buffer; all have the same length but the file's last.
     *
     * @param scratch at least a window's payload, for the read
     */
    void write(TftpSession session, long first, int count, ByteBuffer scratch, ByteBuf out) throws IOException {
        long start = session.offset(first);
        long end = session.offset(first + count - 1) + session.length(first + count - 1);
        ByteBuffer window = read(start, (int) (end - start), scratch);
        for (long block = first; block < first + count; block++) {
            int length = session.length(block);
            out.writeShort(DATA).writeShort((int) block);
            window.limit(window.position() + length);
            out.writeBytes(window);
        }
    }

    private ByteBuffer read(long start, int length, ByteBuffer scratch) throws IOException {
        if (channel == null) {
            return ByteBuffer.wrap(content, (int) start, length).slice();
        }
        scratch.clear().limit(length);
        while (scratch.hasRemaining()) {
            if (channel.read(scratch, start + scratch.position()) < 0) {
                throw new IOException("the file ends at " + (start + scratch.position()) + ", before its known size");
            }
        }
        return scratch.flip();
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
        if (channel != null) {
            channel.close();
        }
    }
}
