package org.pxemesh.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.mesh.PeerFacts.Power;

/** Linux tells by {@code /sys} what an interface is, and more about the machine. */
final class LinuxMachine extends PortableMachine {
    private static final Path NET = Path.of("/sys/class/net");
    private static final String LOWER = "lower_";

    /** VLAN in VLAN on a bond: deeper than that nobody stacks interfaces. */
    private static final int LAYERS = 4;

    private static final Path DMI = Path.of("/sys/class/dmi/id");
    private static final Path SUPPLIES = Path.of("/sys/class/power_supply");

    @Override
    NetworkPort.Kind kind(NetworkInterface nic) {
        return kind(NET, nic.getName(), LAYERS).orElseGet(() -> super.kind(nic));
    }

    /** A VLAN is what it runs over: tagged on a cable it is a network like others, on a bridge it is as virtual as that. */
    static Optional<NetworkPort.Kind> kind(Path net, String name, int layers) {
        var sys = net.resolve(name);
        if (Files.exists(sys.resolve("bridge")) || Files.exists(sys.resolve("tun_flags"))) {
            return Optional.of(NetworkPort.Kind.VIRTUAL);
        }
        if (Files.exists(sys.resolve("wireless")) || Files.exists(sys.resolve("phy80211"))) {
            return Optional.of(NetworkPort.Kind.WIFI);
        }
        if (layers == 0) {
            return Optional.empty();
        }
        try (var below = Files.newDirectoryStream(sys, LOWER + "*")) {
            for (var link : below) {
                var kind = kind(net, link.getFileName().toString().substring(LOWER.length()), layers - 1);
                if (kind.isPresent()) {
                    return kind;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty(); // it is gone, and so is the question
        }
        return Optional.empty();
    }

    /** Java's "up" does not look at the carrier: a pulled plug is operstate down. */
    @Override
    boolean isUp(NetworkInterface nic) {
        var state = firstLine(NET.resolve(nic.getName()).resolve("operstate")).orElse("unknown");
        return !state.equals("down") && !state.equals("lowerlayerdown") && super.isUp(nic);
    }

    @Override
    public Optional<String> smbiosGuid() {
        return firstLine(DMI.resolve("product_uuid")).map(guid -> guid.toLowerCase(Locale.ROOT));
    }

    @Override
    public String hostName() {
        return firstLine(Path.of("/proc/sys/kernel/hostname")).orElseGet(super::hostName);
    }

    @Override
    public Power power() {
        try (var supplies = Files.list(SUPPLIES)) {
            var onBattery = supplies.anyMatch(supply -> firstLine(supply.resolve("status"))
                    .filter("Discharging"::equals)
                    .isPresent());
            return onBattery ? Power.BATTERY : Power.MAINS;
        } catch (IOException | UncheckedIOException e) {
            return Power.MAINS;
        }
    }

    @Override
    public Map<String, String> labels() {
        var labels = new HashMap<>(super.labels());
        firstLine(DMI.resolve("chassis_type"))
                .map(LinuxMachine::chassis)
                .ifPresent(name -> labels.put("chassis", name));
        return Map.copyOf(labels);
    }

    /** SMBIOS 3.6, section 7.4.1. */
    private static String chassis(String type) {
        return switch (type) {
            case "8", "9", "10", "14", "31", "32" -> "laptop";
            case "17", "23", "28", "29" -> "server";
            case "3", "4", "5", "6", "7", "13", "15", "16", "35", "36" -> "desktop";
            default -> "other";
        };
    }
}
