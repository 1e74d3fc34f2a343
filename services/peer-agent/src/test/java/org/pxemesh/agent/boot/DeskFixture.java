package org.pxemesh.agent.boot;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.content.PackageId;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.Event;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** A desk over a small tree in a folder, for the tests of the edges; the peer is 127.0.0.1 unless told otherwise. */
public final class DeskFixture {

    private final DirectoryStore store;
    private final FixedSegment segment;
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final BootDesk desk;
    private final BootMetrics metrics = new BootMetrics(new SimpleMeterRegistry());

    private DeskFixture(DirectoryStore store, FixedSegment segment, int httpPort) {
        this.store = store;
        this.segment = segment;
        BootSessions sessions = new BootSessions(segment.segmentId());
        BootAddresses addresses = new BootAddresses(segment.address().getHostAddress(), httpPort);
        this.desk = new BootDesk(
                segment,
                new NoNetwork(),
                sessions,
                new BootFiles(store, addresses),
                new BootReporter(segment, Bookkeeping.direct(events::add), new HybridClock(() -> 1L), sessions),
                addresses);
    }

    /** @param kernel the kernel's bytes; the other files are small */
    public static DeskFixture over(Path tree, byte[] kernel, String self, String... peers) throws IOException {
        Files.createDirectories(tree.resolve("amd64"));
        Files.write(tree.resolve("amd64/linux"), kernel);
        Files.writeString(tree.resolve("amd64/initrd.gz"), "initrd");
        Files.writeString(tree.resolve("pxelinux.0"), "pxelinux");
        Files.writeString(tree.resolve("snponly.efi"), "ipxe");
        BootDescriptor boot = new BootDescriptor(
                PackageKind.LINUX_NETBOOT, List.of(loader("bios", "pxelinux.0"), loader("x64-uefi", "snponly.efi")));
        DirectoryStore store = new DirectoryStore(tree, new PackageId("debian", "12"), boot);
        return new DeskFixture(store, FixedSegment.of("lo", self, List.of(peers), store.manifest()), 8069);
    }

    /** One program for UEFI, which cannot ask, of a deployment that asks first. */
    public static DeskFixture asking(Path tree, String self, String... peers) throws IOException {
        Files.writeString(tree.resolve("tool.efi"), "program");
        BootDescriptor boot = new BootDescriptor(
                PackageKind.EFI_APPLICATION,
                List.of(new LoaderState("x64-uefi", "tool.efi", List.of(), null, null, List.of(), false)));
        DirectoryStore store = new DirectoryStore(tree, new PackageId("tool", "1"), boot);
        FixedSegment segment = FixedSegment.of("lo", self, List.of(peers), store.manifest());
        return new DeskFixture(store, segment.asking(), 8069);
    }

    /** A tree that boots UEFI by shim and GRUB. */
    public static DeskFixture overShim(Path tree, String self, String... peers) throws IOException {
        Files.createDirectories(tree.resolve("amd64"));
        Files.writeString(tree.resolve("amd64/linux"), "kernel");
        Files.writeString(tree.resolve("amd64/initrd.gz"), "initrd");
        Files.writeString(tree.resolve("amd64/bootnetx64.efi"), "shim");
        Files.writeString(tree.resolve("amd64/grubx64.efi"), "grub");
        BootDescriptor boot = new BootDescriptor(
                PackageKind.LINUX_NETBOOT, List.of(loader("x64-uefi", "amd64/bootnetx64.efi", "amd64/grubx64.efi")));
        DirectoryStore store = new DirectoryStore(tree, new PackageId("debian", "12"), boot);
        return new DeskFixture(store, FixedSegment.of("lo", self, List.of(peers), store.manifest()), 8069);
    }

    /** Windows PE for UEFI whose boot manager is there in two signings, that of 2011 first. */
    public static DeskFixture overTwoSignings(Path tree, String self) throws IOException {
        List<LoaderState> loaders = new ArrayList<>();
        for (BootSigning signing : List.of(BootSigning.CA2011, BootSigning.CA2023)) {
            Files.createDirectories(tree.resolve(signing.name()));
            Files.writeString(tree.resolve(signing.name() + "/bootmgfw.efi"), "boot manager");
            loaders.add(LoaderState.windows(
                    "x64-uefi", signing.name() + "/bootmgfw.efi", windows(signing, WindowsDelivery.TFTP)));
        }
        Files.writeString(tree.resolve("boot.sdi"), "disk");
        Files.writeString(tree.resolve("boot.wim"), "image");
        DirectoryStore store = new DirectoryStore(
                tree, new PackageId("winpe", "1"), new BootDescriptor(PackageKind.WINDOWS_PE, loaders));
        return new DeskFixture(store, FixedSegment.of("lo", self, List.of(self), store.manifest()), 8069);
    }

    private static WindowsBoot windows(BootSigning signing, WindowsDelivery delivery) {
        return new WindowsBoot(
                null,
                null,
                null,
                "boot.sdi",
                "boot.wim",
                null,
                null,
                BcdSource.GENERATED,
                List.of(),
                delivery,
                null,
                null,
                signing,
                26100);
    }

    private static LoaderState loader(String architecture, String nbp, String... next) {
        return new LoaderState(architecture, nbp, List.of(next), "amd64/linux", "amd64/initrd.gz", List.of(), false);
    }

    public BootDesk desk() {
        return desk;
    }

    /** A peer dies; the segment has a new view. */
    public void leaves(String peer) {
        segment.leaves(peer);
    }

    /** This peer has no fresh view. */
    public void isMute() {
        segment.isMute();
    }

    /** Nobody in the segment holds the package any more. */
    public void isLost() {
        segment.isLost();
    }

    /** Nobody has all of the package yet, and it arrives here. */
    public void isArriving() {
        segment.isArriving();
    }

    /** The others hold the package, this peer does not. */
    public void holdsNothing() {
        segment.holdsNothing();
    }

    public ContentStore store() {
        return store;
    }

    public BootMetrics metrics() {
        return metrics;
    }

    /** What was told so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    public <E extends Event> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Knows no neighbours and opens nothing. */
    private static final class NoNetwork implements HostNetwork {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public BatchSockets openBatch(List<SocketSpec> specs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<HardwareAddress> neighbour(Inet4Address address) {
            return Optional.empty();
        }
    }
}
