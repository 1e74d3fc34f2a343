package org.pxemesh.mesh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pxemesh.mesh.PeerFacts.HqReach;
import org.pxemesh.mesh.PeerFacts.Link;
import org.pxemesh.mesh.PeerFacts.Power;

/** Peers for tests: number n has the id 00000000-0000-4000-8000-00000000000n and the address 10.0.0.n. */
final class Peers {
    static final String PACKAGE = "debian@12";

    private Peers() {}

    static UUID id(int n) {
        return new UUID(0x4000L, 0x8000000000000000L | n);
    }

    static PeerFacts facts(int n) {
        return new PeerFacts(
                id(n),
                address(n),
                Link.WIRED,
                Power.MAINS,
                HqReach.UNKNOWN,
                1_000 + n,
                1,
                Ranking.ALGORITHM,
                "test",
                Pin.NONE,
                Pin.NONE,
                Set.of(PACKAGE));
    }

    static PeerFacts weighing(int n, int weightClass) {
        var peer = facts(n);
        return new PeerFacts(
                peer.id(),
                peer.address(),
                peer.link(),
                peer.power(),
                peer.hq(),
                peer.startedAt(),
                weightClass,
                peer.algorithm(),
                peer.agentVersion(),
                peer.responder(),
                peer.uplink(),
                peer.holdings());
    }

    static PeerFacts as(PeerFacts peer, Link link, Power power, Pin uplink) {
        return new PeerFacts(
                peer.id(),
                peer.address(),
                link,
                power,
                peer.hq(),
                peer.startedAt(),
                peer.weightClass(),
                peer.algorithm(),
                peer.agentVersion(),
                peer.responder(),
                uplink,
                peer.holdings());
    }

    static RankingMember member(int n, int weightClass, Pin pin) {
        return new RankingMember(id(n), address(n), weightClass, pin);
    }

    static RankingInputs inputs(List<RankingMember> members) {
        return new RankingInputs(
                1,
                1,
                Ranking.ALGORITHM,
                members,
                Map.of(PACKAGE, members.stream().map(RankingMember::id).collect(Collectors.toSet())));
    }

    static RankingInputs inputs(int peers) {
        return inputs(IntStream.rangeClosed(1, peers)
                .mapToObj(n -> member(n, 1, Pin.NONE))
                .toList());
    }

    static MeshView view(long id, int... members) {
        return new MeshView(id, IntStream.of(members).mapToObj(Peers::id).toList(), false);
    }

    /** A locally administered address with this number. */
    static byte[] mac(int n) {
        return new byte[] {0x52, 0x54, (byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n};
    }

    static InetAddress address(int n) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (n >>> 8), (byte) n});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
