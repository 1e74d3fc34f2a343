package org.pxemesh.statusservice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.CheckIn;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentProgressed;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerJoined;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.events.PeerReported;
import org.pxemesh.events.SegmentFinding;
import org.pxemesh.events.SegmentSurveyed;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.WanLimits;

/** A site of one segment whose peers tell what peers tell. */
final class Branch {

    static final String PACKAGE = "debian-installer@12.11";
    static final long PACKAGE_BYTES = 68_400_000;

    private final String name;
    private final int subnet;
    private final UUID site;
    private final UUID segment;
    private final List<UUID> peers = new ArrayList<>();
    private long clock = 1L << 40;

    Branch(String name, int subnet, int peers) {
        this.name = name;
        this.subnet = subnet;
        this.site = id("site");
        this.segment = id("segment");
        for (int i = 0; i < peers; i++) {
            this.peers.add(id("peer" + i));
        }
    }

    UUID site() {
        return site;
    }

    UUID segment() {
        return segment;
    }

    UUID peer(int index) {
        return peers.get(index);
    }

    String host(int index) {
        return name.substring(0, 3).toLowerCase(java.util.Locale.ROOT) + "-pc-0" + (index + 1);
    }

    String address(int index) {
        return "10." + subnet + ".0." + (20 + index);
    }

    Event siteChanged() {
        return new SiteChanged(new SiteState(
                site, 1, name, SiteKind.BRANCH, List.of("10." + subnet + ".0.0/24"), new WanLimits(0, 50)));
    }

    Event joined(int index) {
        return new PeerJoined(site, segment, peer(index), address(index), "0.1.0");
    }

    Event left(int index, boolean graceful) {
        return new PeerLeft(site, segment, peer(index), graceful);
    }

    /** @param servers DHCP servers that claim to be boot servers */
    Event surveyed(int index, String... servers) {
        return new SegmentSurveyed(
                site,
                segment,
                peer(index),
                Arrays.stream(servers).map(Branch::claims).toList(),
                List.of());
    }

    private static SegmentFinding claims(String server) {
        return new SegmentFinding(
                "dhcp-claims-pxe",
                server,
                "PXE-E55",
                "the DHCP server sends option 60 without option 43",
                "take option 60 out of the DHCP server's answers",
                "option 60 is \"PXEClient\"");
    }

    Event elected(int index, long term) {
        return new PeerElected(site, segment, peer(index), term, address(index), peers.size());
    }

    Event reported(int index, List<String> problems, HeldPackage... holdings) {
        return new PeerReported(
                site,
                segment,
                peer(index),
                host(index),
                address(index),
                "eth0",
                List.of("52:54:00:" + String.format("%02x:00:%02x", subnet, index)),
                Map.of("os", "linux", "arch", "x86_64", "site", name),
                problems,
                7,
                List.of(holdings));
    }

    Event progressed(int index, long held) {
        return progressed(index, held, 0);
    }

    /** @param reused bytes of what is held that were copied from other packages on the same disk */
    Event progressed(int index, long held, long reused) {
        return new ContentProgressed(
                site,
                segment,
                peer(index),
                PACKAGE,
                held,
                PACKAGE_BYTES,
                index == 0 ? held - reused : 0,
                index == 0 ? 0 : held - reused,
                reused);
    }

    Event completed(int index) {
        return new ContentCompleted(
                site,
                segment,
                peer(index),
                PACKAGE,
                PACKAGE_BYTES,
                index == 0 ? PACKAGE_BYTES : 0,
                index == 0 ? 0 : PACKAGE_BYTES,
                4.2,
                0L);
    }

    static HeldPackage whole() {
        return new HeldPackage(PACKAGE, PACKAGE_BYTES, PACKAGE_BYTES, true);
    }

    static Event packageBuilt() {
        return new PackageBuilt(new PackageState(
                "debian-installer",
                "12.11",
                1,
                "ab".repeat(32),
                "http://127.0.0.1:8082/content/manifests/" + "ab".repeat(32),
                PACKAGE_BYTES,
                214,
                new BootDescriptor(PackageKind.LINUX_NETBOOT, List.of()),
                Instant.now()));
    }

    BootRef boot(UUID boot, int teller, String mac) {
        return new BootRef(boot, site, segment, peer(teller), mac, clock++);
    }

    Event requested(UUID boot, int teller, String mac, int architecture) {
        return new BootRequested(
                boot(boot, teller, mac),
                architecture,
                "PXEClient:Arch:0000" + architecture + ":UNDI:003000",
                null,
                null,
                0);
    }

    Event ignored(UUID boot, int teller, String mac, int count, String... reasons) {
        return new BootIgnored(boot(boot, teller, mac), List.of(reasons), count);
    }

    Event offered(UUID boot, int teller, String mac, String form, String nbp) {
        return new BootOffered(boot(boot, teller, mac), 0, 0, form, PACKAGE, nbp, address(teller));
    }

    Event served(UUID boot, int teller, String mac, String path, long bytes, double seconds) {
        return new FileServed(boot(boot, teller, mac), "tftp", path, bytes, seconds, 1456, 8, 0);
    }

    Event delivered(UUID boot, int teller, String mac, int files, long bytes, double seconds) {
        return new BootDelivered(boot(boot, teller, mac), files, bytes, seconds);
    }

    Event checkedIn(UUID boot, int teller, String mac, double seconds) {
        return new BootCompleted(
                boot(boot, teller, mac),
                new CheckIn("10." + subnet + ".0.150", "/checkin/" + boot + "/preseed.cfg", "debian-installer"),
                seconds);
    }

    private UUID id(String what) {
        return UUID.nameUUIDFromBytes((name + "/" + what).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
