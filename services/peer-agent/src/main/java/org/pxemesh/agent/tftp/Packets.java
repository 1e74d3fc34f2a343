package org.pxemesh.agent.tftp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.netboot.tftp.TftpCodec;

/** DATA packets of consecutive blocks, one behind the other as they go out. TFTP's thread only. */
final class Packets {

    /**
     * Whose packets they are: all clients that load a file in blocks of one size are sent the same ones.
     *
     * @param file the file's place, or what else stands for its content
     */
    record Key(Object file, int blockSize, long first) {}

    private final BatchSockets.Kept memory;
    private @Nullable Key key;
    private int count;
    private long madeAt;
    private long leftAt = -1;

    Packets(BatchSockets.Kept memory) {
        this.memory = memory;
    }

    /** Whether the blocks are in it, with what a client may have forgotten since. */
    boolean have(Key wanted, int blocks) {
        Key mine = key;
        return mine != null
                && wanted.first() >= mine.first()
                && wanted.first() + blocks <= mine.first() + count
                && wanted.blockSize() == mine.blockSize()
                && wanted.file().equals(mine.file());
    }

    boolean isOlder(long nanoTime) {
        return madeAt - nanoTime < 0;
    }

    @Nullable
    Key key() {
        return key;
    }

    /** From now on nobody's, until {@link #are}. */
    ByteBuffer empty() {
        key = null;
        return memory.octets().clear();
    }

    void are(Key newKey, int blocks, long nanoTime) {
        key = newKey;
        count = blocks;
        madeAt = nanoTime;
    }

    /** Sends some of them from where they are. */
    void send(BatchSockets sockets, int socket, long client, long first, int octets) {
        Key mine = key;
        if (mine == null) {
            throw new IllegalStateException("packets of no file");
        }
        int packet = TftpCodec.DATA_HEADER + mine.blockSize();
        sockets.send(socket, client, memory, (int) (first - mine.first()) * packet, octets, packet);
        leftAt = sockets.flushes();
    }

    /** Whether the system may not have taken them yet. */
    boolean areQueued(BatchSockets sockets) {
        return leftAt == sockets.flushes();
    }
}
