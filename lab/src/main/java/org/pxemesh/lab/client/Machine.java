package org.pxemesh.lab.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pxemesh.lab.run.LabProcess;
import org.pxemesh.lab.run.Until;
import org.pxemesh.lab.site.Site;

/** A bare machine that is switched on: real firmware, an empty disk, one network card, a serial console in a file. */
public final class Machine {
    private final String mac;
    private final LabProcess qemu;
    private final Path serial;

    private Machine(String mac, LabProcess qemu, Path serial) {
        this.mac = mac;
        this.qemu = qemu;
        this.serial = serial;
    }

    /**
     * Switches a machine on.
     *
     * @param name of its files, unique in the run
     * @param nic QEMU's name of the network card, {@code virtio-net-pci} or {@code e1000}
     */
    public static Machine switchOn(Site site, String name, Firmware firmware, String nic, String mac) {
        return switchOn(site, site.tap(), name, firmware.command(name, nic, mac, site.folder()), mac);
    }

    /**
     * Switches a machine on.
     *
     * @param tap its socket on the site's switch
     * @param command QEMU's command line without console and network; its card is on the network {@code n0}
     */
    public static Machine switchOn(Site site, String tap, String name, List<String> command, String mac) {
        Path serial = site.folder().resolve(name + ".serial");
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(
                "-display",
                "none",
                "-nodefaults",
                "-no-reboot",
                "-serial",
                "file:" + serial,
                "-netdev",
                "tap,id=n0,script=no,downscript=no,ifname=" + tap,
                "-device",
                "virtio-rng-pci"));
        return new Machine(mac, site.start(name, site.lan(), all, Map.of()), serial);
    }

    public String mac() {
        return mac;
    }

    /** All that its serial console showed. */
    public String console() {
        try {
            return Files.exists(serial) ? Files.readString(serial, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("the console " + serial + " cannot be read", e);
        }
    }

    /** Waits for a text on its console. */
    public void awaitConsole(String text, Duration atMost) {
        Until.isTrue("'" + text + "' on the console of " + mac + " (" + serial + ")", atMost, () -> {
            qemu.requireAlive();
            return console().contains(text);
        });
    }

    /** Whether the machine still runs: one that switched itself off does not. */
    public boolean isOn() {
        return qemu.alive();
    }

    public void switchOff() {
        qemu.kill();
    }
}
