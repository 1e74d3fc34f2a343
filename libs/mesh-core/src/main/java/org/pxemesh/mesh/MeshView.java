package org.pxemesh.mesh;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

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

    private static final int WITNESSES = 3;

    public MeshView {
        members = List.copyOf(members);
    }

    boolean has(UUID peer) {
        return members.contains(peer);
    }

    /**
     * Whom a member asks about the view: its coordinator and the members that follow the one that asks. A few, because
     * where one has no processor, none has: if all asked all, they would have even less of it.
     */
    List<UUID> witnesses(UUID asking) {
        var at = members.indexOf(asking);
        return IntStream.rangeClosed(0, Math.min(WITNESSES, members.size() - 1))
                .mapToObj(n -> n == 0 ? members.getFirst() : members.get((at + n) % members.size()))
                .filter(member -> !member.equals(asking))
                .distinct()
                .toList();
    }

    boolean isCoordinator(UUID peer) {
        return !members.isEmpty() && members.getFirst().equals(peer);
    }
}
