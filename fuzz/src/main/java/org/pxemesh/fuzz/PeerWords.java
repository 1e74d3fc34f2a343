package org.pxemesh.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.uplinks.SiteWord;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.mesh.Directory;
import org.pxemesh.mesh.MeshView;
import org.pxemesh.mesh.Ranking;

/** What neighbours and the uplinks of other segments say. */
final class PeerWords {

    private static final int CHUNKS = 5_000;
    private static final byte[] CLIENT = {0x52, 0x54, 0, 0, 0, 1};

    private PeerWords() {}

    /** A message of the segment's mesh, and what the ranking makes of a directory. */
    static Object mesh(byte[] bytes) {
        Optional<MeshMessage> message = MeshCodec.decode(bytes);
        message.filter(MeshMessage.DirectoryPublished.class::isInstance)
                .map(MeshMessage.DirectoryPublished.class::cast)
                .ifPresent(PeerWords::rank);
        message.filter(MeshMessage.HoldingsTold.class::isInstance)
                .map(MeshMessage.HoldingsTold.class::cast)
                .ifPresent(told -> held(CHUNKS, told.bits()));
        message.filter(MeshMessage.ChunksTold.class::isInstance)
                .map(MeshMessage.ChunksTold.class::cast)
                .ifPresent(told -> gained(told.chunks()));
        return message;
    }

    private static void rank(MeshMessage.DirectoryPublished published) {
        Directory directory = published.toDirectory();
        List<UUID> members = directory.facts().stream().map(facts -> facts.id()).toList();
        Ranking.rank(CLIENT, directory.inputs(new MeshView(published.viewId(), members, false)), "debian@12");
    }

    /** Two octets with a package's number of chunks, which is not the sender's word, and the sender's bits. */
    static Object holdings(byte[] bytes) {
        if (bytes.length < 2) {
            return "nothing";
        }
        int size = ByteBuffer.wrap(bytes).getShort() & 0xffff;
        return held(size, Arrays.copyOfRange(bytes, 2, bytes.length));
    }

    private static Object held(int size, byte[] bits) {
        try {
            Holdings held = Holdings.fromBytes(size, bits);
            if (!Holdings.fromBytes(size, held.toBytes()).equals(held)
                    || held.count() + held.missing().count() != size) {
                throw new IllegalStateException("bits were lost: " + held);
            }
            return held;
        } catch (IllegalArgumentException refused) {
            return "refused: " + refused.getMessage();
        }
    }

    private static void gained(List<Integer> chunks) {
        try {
            Holdings.none(CHUNKS).with(chunks);
        } catch (IllegalArgumentException refused) {
            // the sender speaks of another package
        }
    }

    static Object siteWord(byte[] bytes) {
        Optional<SiteWord> word = SiteWord.read(bytes);
        word.ifPresent(said -> IntStream.range(0, said.packages().size())
                .forEach(n -> held(CHUNKS, said.packages().get(n).bits())));
        return word;
    }
}
