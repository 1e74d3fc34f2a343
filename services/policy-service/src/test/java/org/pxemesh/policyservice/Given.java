package org.pxemesh.policyservice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.CollectionChanged;
import org.pxemesh.events.CollectionKind;
import org.pxemesh.events.CollectionState;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.DeploymentChanged;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.DeploymentState;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteKind;
import org.pxemesh.events.SiteState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.events.WanLimits;
import org.pxemesh.policy.Collected;
import org.pxemesh.policy.PolicySnapshot;

/** An HQ that already has one thing of each kind. */
public final class Given {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final UUID NEW = id("new");
    public static final UUID PARIS = id("Paris");
    public static final UUID LIST = id("Vips");
    public static final UUID RULE = id("Desktops");
    public static final UUID PC = id("PC-1");
    public static final String MAC = "52:54:00:00:00:01";

    private Given() {}

    public static PolicySnapshot hq() {
        return PolicySnapshot.EMPTY.applyAll(List.of(
                new EpochRenewed(1, NOW, NOW.plusSeconds(60)),
                new SiteChanged(new SiteState(
                        PARIS, 1, "Paris", SiteKind.BRANCH, List.of("10.20.0.0/16"), new WanLimits(0, 100))),
                new CollectionChanged(new CollectionState(LIST, 1, "Vips", CollectionKind.LIST, null)),
                new CollectionChanged(
                        new CollectionState(RULE, 1, "Desktops", CollectionKind.RULE, "chassis = desktop")),
                new ComputerChanged(new ComputerState(
                        PC, 1, "PC-1", PARIS, List.of(MAC), null, Map.of("chassis", "desktop"), List.of(LIST))),
                new PolicyEnabled(new PolicyState(
                        id("Offices"),
                        1,
                        "Offices",
                        true,
                        PolicyMode.ANSWER,
                        List.of(Collected.ALL_COMPUTERS),
                        UnknownComputers.IGNORE,
                        new Holding(HoldKind.DEPLOYED, List.of(), 0))),
                new DeploymentChanged(new DeploymentState(
                        id("Debian"),
                        1,
                        "Debian",
                        "debian@12",
                        RULE,
                        false,
                        DeploymentKind.REQUIRED,
                        List.of("quiet"))),
                new PackageBuilt(pkg("debian", 1)),
                new PackageBuilt(pkg("old", 1)),
                new PackageRetired(pkg("old", 2))));
    }

    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static PackageState pkg(String name, long revision) {
        LoaderState bios = new LoaderState(
                "bios", "pxelinux.0", List.of("ldlinux.c32"), "linux", "initrd.gz", List.of("vga=788"), true);
        return new PackageState(
                name,
                "12",
                revision,
                "ab".repeat(32),
                "http://hq/content/manifests/ab",
                1,
                1,
                new BootDescriptor(PackageKind.LINUX_NETBOOT, List.of(bios)),
                NOW);
    }
}
