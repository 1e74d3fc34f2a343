package org.pxemesh.agent.tftp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for what transfers read from files. They are lent and kept, so that a storm makes no garbage, and there are so
 * many and no more: whoever comes later reads by the shared one and keeps nothing. TFTP's thread only.
 */
final class ReadAhead {

    /** 16 MB with the windows of today: a site's storm, and little of an agent's memory. */
    private static final int MOST = 256;

    private final int capacity;
    private final ByteBuffer shared;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int made;

    /** @param capacity of a buffer in octets, at least a window's payload */
    ReadAhead(int capacity) {
        this.capacity = capacity;
        this.shared = ByteBuffer.allocateDirect(capacity);
    }

    /** A buffer for one transfer, or null when all are lent. */
    @Nullable
    ByteBuffer take() {
        ByteBuffer kept = free.poll();
        if (kept != null || made == MOST) {
            return kept;
        }
        made++;
        return ByteBuffer.allocateDirect(capacity);
    }

    void giveBack(ByteBuffer buffer) {
        free.push(buffer);
    }

    /** What is in it is gone with the next call of anybody. */
    ByteBuffer shared() {
        return shared;
    }
}
