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
    private final Firmware firmware;
    private final String mac;
    private final LabProcess qemu;
    private final Path serial;

    private Machine(Firmware firmware, String mac, LabProcess qemu, Path serial) {
        this.firmware = firmware;
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
        Path serial = site.folder().resolve(name + ".serial");
        List<String> command = new ArrayList<>(firmware.command(name, nic, mac, site.folder()));
        command.addAll(List.of(
                "-display",
                "none",
                "-nodefaults",
                "-no-reboot",
                "-serial",
                "file:" + serial,
                "-netdev",
                "tap,id=n0,script=no,downscript=no,ifname=" + site.tap(),
                "-device",
                "virtio-rng-pci"));
        return new Machine(firmware, mac, site.start(name, site.lan(), command, Map.of()), serial);
    }

    public Firmware firmware() {
        return firmware;
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

    public void switchOff() {
        qemu.kill();
    }
}
