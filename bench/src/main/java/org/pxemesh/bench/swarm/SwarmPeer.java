package org.pxemesh.bench.swarm;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pxemesh.agent.content.ContentClient;
import org.pxemesh.agent.content.ContentPlaces;
import org.pxemesh.agent.content.Neighbourhood;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.http.PeerContent;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.store.ContentKeeper;
import org.pxemesh.agent.store.ContentSpace;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.keep.KeepRules;
import org.pxemesh.events.PackageState;

/** One peer's content side: its own store, swarm, client and server. The group is a queue per peer, in order as JGroups is. */
final class SwarmPeer implements Neighbourhood {
    private static final int PORT = 8069;

    private final int number;
    private final List<SwarmPeer> all;
    private final Swarm swarm;
    private final ExecutorService group = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("group-", 1).factory());

    SwarmPeer(int number, Vertx vertx, DiskStore store, Path directory, List<SwarmPeer> all) {
        this.number = number;
        this.all = all;
        PeerContent content = new PeerContent(store);
        vertx.createHttpServer()
                .requestHandler(request -> {
                    String[] path = request.path().split("/", -1);
                    content.handle(request, path[2], path[3]);
                })
                .listen(PORT, SwarmRun.address(number))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        ContentKeeper keeper = new ContentKeeper(
                store, new KeepRules(0, KeepRules.NO_QUOTA), ContentSpace.of(directory), Clock.systemUTC(), () -> {});
        swarm = new Swarm(
                id(), store, keeper, new ContentClient(vertx), new ContentPlaces(Optional.empty(), PORT), this);
    }

    private UUID id() {
        return new UUID(7, number);
    }

    void want(PackageState pkg) {
        swarm.want(List.of(pkg));
    }

    boolean isWhole() {
        return !swarm.whole().isEmpty();
    }

    long bytesFrom(SwarmPeer other) {
        return swarm.sources().values().stream()
                .mapToLong(bySource -> bySource.getOrDefault("peer:" + other.id(), 0L))
                .sum();
    }

    private void receive(UUID from, byte[] message) {
        group.execute(() -> {
            switch (MeshCodec.decode(message).orElseThrow()) {
                case MeshMessage.HoldingsTold told -> swarm.told(from, told);
                case MeshMessage.ChunksTold told -> swarm.told(from, told);
                default -> throw new IllegalStateException("not a word of the swarm");
            }
        });
    }

    @Override
    public Optional<InetAddress> address(UUID peer) {
        return Optional.of(InetAddress.ofLiteral(SwarmRun.address((int) peer.getLeastSignificantBits())));
    }

    @Override
    public Iterable<UUID> neighbours() {
        return List.of();
    }

    @Override
    public void tell(MeshMessage holdings) {
        byte[] message = MeshCodec.encode(holdings);
        all.stream().filter(peer -> peer != this).forEach(peer -> peer.receive(id(), message));
    }

    @Override
    public void held() {}

    @Override
    public boolean isSettled() {
        return true;
    }

    @Override
    public Optional<UUID> uplinkOf() {
        return Optional.empty();
    }

    @Override
    public void holdersChanged() {}

    @Override
    public void publish(SegmentEvent event) {}
}
