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
 * A file as DATA packets, for one transfer. Lock-step clients ask for one block at a time, so more are made at once. The
 * file is opened when its first octets are wanted, since many clients only ask how long it is, and others find what they
 * want made already. TFTP's thread only.
 */
final class Blocks implements Closeable {

    /** Octets made at a time for who asks for less: what 32 clients have ahead fits a processor's cache. */
    private static final int AHEAD = 16 * 1024;

    private final ServedFile file;
    private final Object identity;
    private final @Nullable StoredFile arriving;
    private final PacketShelf shelf;
    private @Nullable FileChannel channel;
    private @Nullable Packets last;

    Blocks(ServedFile file, PacketShelf shelf) {
        this.file = file;
        this.arriving = file instanceof ServedFile.Arriving part ? part.stored() : null;
        this.identity = switch (file) {
            case ServedFile.OnDisk disk -> disk.location();
            case ServedFile.Arriving part -> part.stored().path();
            case ServedFile.Made here -> new Object(); // equal to itself alone
            case ServedFile.Disk disk -> throw new IllegalArgumentException("a disk over TFTP: " + disk.path());
        };
        this.shelf = shelf;
        shelf.begins();
    }

    /** The DATA packets of consecutive blocks, and perhaps of more. */
    Packets packets(TftpSession session, long first, int count) throws IOException {
        Packets.Key key = new Packets.Key(identity, session.agreement().blockSize(), first);
        Packets mine = last;
        if (mine != null && mine.have(key, count)) {
            return mine;
        }
        long now = System.nanoTime();
        Packets found = shelf.find(key, count, now);
        if (found == null) {
            found = shelf.take(key);
            int blocks = ahead(session, first, count);
            try {
                make(session, first, blocks, found.empty());
            } catch (IOException | RuntimeException e) {
                shelf.giveUp(found);
                throw e;
            }
            found.are(key, blocks, now);
            shelf.add(found, key);
        }
        last = found;
        return found;
    }

    /**
     * Of a window that is most of what is made at a time, nothing beyond it would be there when the next one is asked for.
     * In a file that is still arriving it may be a hole.
     */
    private int ahead(TftpSession session, long first, int count) {
        int blockSize = session.agreement().blockSize();
        if (arriving != null || count * blockSize > AHEAD / 2 || !shelf.hasRoom()) {
            return count;
        }
        long most = Math.min(AHEAD / blockSize, shelf.capacity() / (blockSize + TftpCodec.DATA_HEADER));
        return (int) Math.max(count, Math.min(most, session.blocks() - first + 1));
    }

    /** One read puts all octets behind where the last header ends; from there each block moves forward to its place. */
    private void make(TftpSession session, long first, int count, ByteBuffer out) throws IOException {
        int from = count * TftpCodec.DATA_HEADER;
        int all = encodedLength(session, first, count);
        if (file instanceof ServedFile.Made here) {
            out.put(from, here.content(), (int) session.offset(first), all - from);
        } else {
            read(session.offset(first), out.limit(all).position(from));
        }
        out.position(0);
        for (long block = first; block < first + count; block++) {
            int length = session.length(block);
            TftpCodec.putDataHeader(out, block);
            out.put(out.position(), out, from, length);
            out.position(out.position() + length);
            from += length;
        }
    }

    /** Whether all octets of these blocks can be read: of a file that is still arriving, those that were verified. */
    boolean areThere(TftpSession session, long first, int count) {
        long lastBlock = first + count - 1;
        long start = session.offset(first);
        return arriving == null || arriving.holds(start, session.offset(lastBlock) + session.length(lastBlock) - start);
    }

    private void read(long start, ByteBuffer into) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(location(), StandardOpenOption.READ);
            channel = open;
        }
        long before = start - into.position();
        while (into.hasRemaining()) {
            long at = before + into.position();
            if (open.read(into, at) < 0) {
                throw new IOException("the file ends at " + at + ", before its known size");
            }
        }
    }

    private Path location() {
        return switch (file) {
            case ServedFile.OnDisk disk -> disk.location();
            case ServedFile.Arriving part -> part.stored().path();
            case ServedFile.Made made -> throw new IllegalStateException(made.path() + " is no file on a disk");
            case ServedFile.Disk disk -> throw new IllegalStateException(disk.path() + " is no single file");
        };
    }

    /** Octets of the DATA packets of consecutive blocks. */
    static int encodedLength(TftpSession session, long first, int count) {
        return count * TftpCodec.DATA_HEADER
                + (count - 1) * session.agreement().blockSize()
                + session.length(first + count - 1);
    }

    @Override
    public void close() throws IOException {
        shelf.ends();
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
