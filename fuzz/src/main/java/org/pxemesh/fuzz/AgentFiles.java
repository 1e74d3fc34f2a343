package org.pxemesh.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pxemesh.agent.firmware.FirmwareMemory;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.agent.uplink.EventJournal;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.agent.uplinks.UplinkHints;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.TrustedKeys;

/** What an agent finds on its disk after a power cut, or after somebody was there: it has to start all the same. */
final class AgentFiles {

    /** Each file that cannot be read is a warning; millions of them are none. */
    private static final Logger LOG = Logger.getLogger("org.pxemesh.agent");

    private static final int JOURNAL_LIMIT = 1 << 20;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
    private static final TrustedKeys KEYS =
            TrustedKeys.of(SigningKeys.generate().getPublic());
    private static final UpEvent EVENT = event();

    private static final byte[] CONTENT = {1, 2, 3, 4};
    private static final ManifestFile FILE = new ManifestFile(
            "linux", CONTENT.length, Sha256.of(CONTENT), List.of(new Chunk(0, CONTENT.length, Sha256.of(CONTENT))));
    private static final BootDescriptor BOOT = new BootDescriptor(
            PackageKind.LINUX_NETBOOT,
            List.of(new LoaderState("bios", "linux", List.of(), "linux", "linux", List.of(), false)));
    private static final byte[] MANIFEST = new Manifest(PackageId.parse("debian@12"), List.of(FILE), BOOT).toBytes();
    private static final PackageState PACKAGE = new PackageState(
            "debian", "12", 1, Sha256.of(MANIFEST).hex(), "http://192.0.2.1/m", 4, 1, BOOT, Instant.EPOCH);

    private static final Path STATE = state();

    static {
        LOG.setLevel(Level.OFF);
    }

    private AgentFiles() {}

    private static Path state() {
        try {
            Path folder = Files.createTempDirectory("pxemesh-fuzz-agent-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            LOG.fine(() -> "left behind: " + folder);
        }
    }

    private static UpEvent event() {
        UUID id = new UUID(0, 1);
        return new UpEvent(
                "pxemesh.up.topology", "k", id, Envelope.of("1", "/a", Instant.EPOCH, new PeerLeft(id, id, id, true)));
    }

    /** The first line is the mark of what HQ has, the rest the journal. It is to take, keep and give back an event then. */
    static synchronized Object journal(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        try {
            Files.write(STATE.resolve("events.acknowledged"), Arrays.copyOf(bytes, end));
            Files.write(
                    STATE.resolve("events.log"),
                    Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length));
            int found;
            try (EventJournal journal = new EventJournal(STATE, JOURNAL_LIMIT)) {
                found = journal.size();
                journal.oldest(100, JOURNAL_LIMIT);
                journal.add(EVENT);
            }
            try (EventJournal again = new EventJournal(STATE, JOURNAL_LIMIT)) {
                if (again.size() != found + 1) {
                    throw new IllegalStateException("of " + (found + 1) + " events " + again.size() + " came back");
                }
            }
            return "waiting=" + found;
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be used", e);
        }
    }

    /** The first line is the file's name. */
    static synchronized Object any(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String name = new String(bytes, 0, end, StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length);
        try {
            return switch (name) {
                case "snapshot.json" -> {
                    put(name, content);
                    SnapshotStore store = new SnapshotStore(STATE, KEYS, CLOCK);
                    store.load();
                    yield store.told();
                }
                case "site-uplinks.json" -> {
                    put(name, content);
                    yield new UplinkHints(STATE).all();
                }
                case "firmware.json" -> {
                    put(name, content);
                    FirmwareMemory memory = new FirmwareMemory(STATE, CLOCK);
                    memory.load();
                    yield memory.all();
                }
                case "identity.json" -> {
                    put(name, content);
                    Identity identity = Identity.load(STATE, Optional.of("guid"), List.of("52:54:00:00:00:01"));
                    yield "starts=" + identity.starts() + " term=" + identity.highestTerm();
                }
                case "index" -> index(content);
                default -> "no file of an agent";
            };
        } catch (IOException | ManifestException e) {
            throw new IllegalStateException("a file that is there cannot be read", e);
        }
    }

    /** Beside a file whose time says that it has not changed since. */
    private static Object index(byte[] content) throws IOException, ManifestException {
        DiskStore store = new DiskStore(STATE);
        Path file =
                STATE.resolve("content").resolve("files").resolve(FILE.sha256().hex());
        Files.write(file, CONTENT);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.write(file.resolveSibling(file.getFileName() + ".index"), content);
        store.adopt(PACKAGE, MANIFEST);
        return "complete=" + store.complete(FILE.sha256()).isPresent() + " bytes=" + store.adoptedBytes();
    }

    private static void put(String name, byte[] content) throws IOException {
        Files.write(STATE.resolve(name), content);
    }
}
