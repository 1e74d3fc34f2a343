package org.pxemesh.agent.mesh;

import java.util.UUID;
import org.pxemesh.mesh.MeshView;

/** One peer's membership in the group of its segment. No HQ is needed for it. */
public interface Membership {
    /** Largest message, in bytes. */
    int MAX_MESSAGE = 1 << 20;

    /**
     * Joins the group in the background, or leaves it and joins it anew under another address.
     *
     * @param listener hears of views, messages and failures from the membership's own threads, until the next join
     */
    void join(Listener listener);

    /** Says goodbye and leaves; returns at once. */
    void leave();

    /**
     * Sends to one member, reliably and in order while it is there.
     *
     * @return false when there is no such member or the message is larger than {@link #MAX_MESSAGE}
     */
    boolean send(UUID peer, byte[] message);

    /** Sends to all other members, reliably and in order; false when not joined or the message is too large. */
    boolean broadcast(byte[] message);

    /** This peer's own timer ran late by so many milliseconds: who is slow itself is slow to take others for dead. */
    void late(long millis);

    /** What happens in the group. */
    interface Listener {
        void viewChanged(MeshView view);

        void received(UUID from, byte[] message);

        /** The group could not be joined or its socket failed. */
        void lost(String reason);
    }
}
