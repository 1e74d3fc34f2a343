package org.pxemesh.bench.swarm;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;

/** {@code SwarmRun PEERS MEGABYTES DIRECTORY SMALL-FILES}: the measured process; prints one line of JSON. */
final class SwarmRun {
    private static final long PATIENCE_NANOS = 100_000_000_000L;
    private static final int SMALL = 16 << 10;
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "payload", List.of(), "payload", "payload", List.of(), false)));

    private SwarmRun() {}

    /** The n-th peer's; 0 has the package. */
    static String address(int n) {
        return "127.0.1." + (n + 1);
    }

    public static void main(String[] args) throws Exception {
        int gathering = Integer.parseInt(args[0]);
        Path directory = Path.of(args[2]);
        delete(directory);
        byte[] payload = new byte[Integer.parseInt(args[1]) << 20];
        new Random(42).nextBytes(payload);
        List<ManifestFile> files = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        add("payload", payload, files, contents);
        for (int n = 0; n < Integer.parseInt(args[3]); n++) {
            byte[] small = new byte[SMALL];
            new Random(n).nextBytes(small);
            add("small" + n, small, files, contents);
        }
        Manifest manifest = new Manifest(PackageId.parse("payload@1"), files, BOOT);
        byte[] bytes = manifest.toBytes();
        PackageState pkg = new PackageState(
                "payload",
                "1",
                1,
                Sha256.of(bytes).hex(),
                "http://127.0.0.1:9/none",
                manifest.totalSize(),
                files.size(),
                BOOT,
                Instant.now());

        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        List<SwarmPeer> peers = new ArrayList<>();
        for (int n = 0; n <= gathering; n++) {
            DiskStore store = new DiskStore(directory.resolve("peer" + n));
            store.adopt(pkg, bytes);
            if (n == 0) {
                for (int f = 0; f < files.size(); f++) {
                    for (Chunk chunk : files.get(f).chunks()) {
                        store.write(
                                files.get(f).sha256(),
                                chunk,
                                ByteBuffer.wrap(contents.get(f), (int) chunk.offset(), chunk.length()));
                    }
                }
            }
            peers.add(new SwarmPeer(n, vertx, store, directory, peers));
        }
        peers.subList(1, peers.size()).forEach(peer -> peer.want(pkg));
        LockSupport.parkNanos(500_000_000L); // All of them know one another before anybody has anything.
        long began = System.nanoTime();
        peers.getFirst().want(pkg);
        while (!peers.stream().allMatch(SwarmPeer::isWhole)) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new IllegalStateException("not done after " + PATIENCE_NANOS / 1_000_000_000L + " s");
            }
            LockSupport.parkNanos(2_000_000L);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long fromFirst = peers.stream()
                .mapToLong(peer -> peer.bytesFrom(peers.getFirst()))
                .sum();
        double cpu = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
        double decision = Decisions.microsPerEvent(BOOT, 20_000);
        System.out.printf(
                Locale.ROOT,
                "{\"seconds\":%.3f,\"bytes\":%d,\"chunks\":%d,\"copies\":%.3f,\"cpu\":%.2f,\"decision\":%.2f}%n",
                seconds,
                manifest.totalSize(),
                files.stream().mapToInt(file -> file.chunks().size()).sum(),
                (double) fromFirst / manifest.totalSize(),
                cpu,
                decision);
        delete(directory);
        Runtime.getRuntime().halt(0);
    }

    private static void add(String path, byte[] bytes, List<ManifestFile> files, List<byte[]> contents) {
        Chunker chunker = new Chunker();
        chunker.update(bytes, 0, bytes.length);
        files.add(chunker.finish(path));
        contents.add(bytes);
    }

    private static void delete(Path directory) throws java.io.IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
