package org.pxemesh.lab.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.pxemesh.lab.LabException;

/**
 * The firmware of a bare machine. Guests run under TCG, since nested virtualisation cannot be counted on, and have one
 * processor: a second one made every boot slower.
 */
public enum Firmware {
    /** SeaBIOS with the iPXE ROM that QEMU loads for the card. Without graphics, it copies what it shows to the serial line. */
    BIOS {
        @Override
        public List<String> command(String name, String nic, String mac, Path folder) {
            return List.of(
                    "qemu-system-x86_64",
                    "-machine",
                    "q35,graphics=off",
                    "-accel",
                    "tcg",
                    "-m",
                    "1024",
                    "-vga",
                    "none",
                    "-boot",
                    "n",
                    "-device",
                    nic + ",netdev=n0,mac=" + mac);
        }
    },
    /** OVMF with its own PXE stack; it drives virtio cards itself, any other one by the card's option ROM. */
    UEFI {
        @Override
        public List<String> command(String name, String nic, String mac, Path folder) {
            Path variables = freshCopy("/usr/share/OVMF/OVMF_VARS_4M.fd", folder.resolve(name + ".vars"));
            return List.of(
                    "qemu-system-x86_64",
                    "-machine",
                    "q35",
                    "-accel",
                    "tcg",
                    "-m",
                    "1024",
                    "-vga",
                    "none",
                    "-drive",
                    "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd",
                    "-drive",
                    "if=pflash,format=raw,file=" + variables,
                    "-device",
                    nic + (nic.startsWith("virtio") ? ",romfile=" : "") + ",netdev=n0,mac=" + mac);
        }
    };

    /**
     * QEMU's command line without console and network.
     *
     * @param nic QEMU's name of the network card
     * @param folder for a copy of the firmware's variables
     */
    public abstract List<String> command(String name, String nic, String mac, Path folder);

    /** As the demo's {@code --clients} names it. */
    public static Firmware named(String name) {
        for (Firmware firmware : values()) {
            if (firmware.name().equalsIgnoreCase(name)) {
                return firmware;
            }
        }
        List<String> known = new ArrayList<>();
        for (Firmware firmware : values()) {
            known.add(firmware.name().toLowerCase(java.util.Locale.ROOT));
        }
        throw new LabException("no client '" + name + "'; known are " + known);
    }

    private static Path freshCopy(String variables, Path to) {
        try {
            return Files.copy(Path.of(variables), to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(variables + " cannot be copied; Debian's package ovmf brings it", e);
        }
    }
}
