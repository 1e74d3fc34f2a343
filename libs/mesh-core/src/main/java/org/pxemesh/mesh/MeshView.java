package org.pxemesh.mesh;

import java.util.List;
import java.util.UUID;

/**
 * A membership view: who is there, as the group agreed.
 *
 * @param id grows with each view of the group
 * @param members in the order of joining; the first is the coordinator
 * @param merged whether it joins partitions that had coordinators of their own
 */
public record MeshView(long id, List<UUID> members, boolean merged) {
    /** Before the first view. */
    public static final MeshView NONE = new MeshView(-1, List.of(), false);

    public MeshView {
        members = List.copyOf(members);
    }

    boolean has(UUID peer) {
        return members.contains(peer);
    }

    boolean isCoordinator(UUID peer) {
        return !members.isEmpty() && members.getFirst().equals(peer);
    }
}
