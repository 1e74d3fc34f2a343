package org.pxemesh.agent.http;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many pieces of content this peer sends at once. A few more wait in line: a piece takes milliseconds, and one after
 * the other they arrive sooner than side by side. Whoever finds the line full is told to come back.
 */
final class UploadSlots {
    private final int slots;
    private final int waitingRoom;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int busy;

    /**
     * @param slots at once, at least 1
     * @param waitingRoom places in line
     */
    UploadSlots(int slots, int waitingRoom) {
        this.slots = slots;
        this.waitingRoom = waitingRoom;
    }

    /** Starts an upload now or in its turn, which must end with {@link #done}; false when the line is full. */
    boolean enter(Runnable upload) {
        synchronized (this) {
            if (busy >= slots) {
                if (waiting.size() >= waitingRoom) {
                    return false;
                }
                waiting.addLast(upload);
                return true;
            }
            busy++;
        }
        upload.run();
        return true;
    }

    /** An upload ended, well or not. */
    void done() {
        Runnable next;
        synchronized (this) {
            next = waiting.pollFirst();
            if (next == null) {
                busy--;
                return;
            }
        }
        next.run();
    }
}
