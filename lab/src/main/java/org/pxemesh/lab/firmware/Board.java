package org.pxemesh.lab.firmware;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A machine's firmware and network card, as QEMU's command line has them; software emulation, one processor. */
enum Board {
    SEABIOS_VIRTIO("SeaBIOS, virtio card with its iPXE ROM", Chip.BIOS, "virtio-net-pci", false),
    SEABIOS_E1000("SeaBIOS, e1000 card with its iPXE ROM", Chip.BIOS, "e1000", false),
    /** Looks like a ROM of another vendor until it has fetched its first program. */
    SEABIOS_DISGUISED("SeaBIOS, e1000 card whose ROM does not say that it is iPXE", Chip.BIOS, "e1000", false),
    OVMF("OVMF, its own PXE", Chip.X64, "virtio-net-pci,romfile=", false),
    OVMF_HTTP("OVMF, UEFI HTTP Boot", Chip.X64, "virtio-net-pci,romfile=", true),
    OVMF_SECURE("OVMF with Secure Boot on", Chip.X64_SECURE, "virtio-net-pci,romfile=", false),
    OVMF_SECURE_HTTP("OVMF with Secure Boot on, UEFI HTTP Boot", Chip.X64_SECURE, "virtio-net-pci,romfile=", true),
    AAVMF("aarch64 UEFI (AAVMF), its own PXE", Chip.AA64, "virtio-net-pci,romfile=", false),
    AAVMF_HTTP("aarch64 UEFI (AAVMF), UEFI HTTP Boot", Chip.AA64, "virtio-net-pci,romfile=", true);

    /** Processor, board and firmware image; the files come from Debian's packages ovmf and qemu-efi-aarch64. */
    private enum Chip {
        /** Without graphics, SeaBIOS copies what it shows to the serial line. */
        BIOS("qemu-system-x86_64", "", "", List.of("-machine", "q35,graphics=off", "-boot", "n")),
        X64(
                "qemu-system-x86_64",
                "/usr/share/OVMF/OVMF_CODE_4M.fd",
                "/usr/share/OVMF/OVMF_VARS_4M.fd",
                List.of("-machine", "q35")),
        /** Microsoft's keys are enrolled in the variables; only firmware in SMM may change them. */
        X64_SECURE(
                "qemu-system-x86_64",
                "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd",
                "/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
                List.of(
                        "-machine",
                        "q35,smm=on",
                        "-global",
                        "driver=cfi.pflash01,property=secure,value=on",
                        "-global",
                        "ICH9-LPC.disable_s3=1")),
        AA64(
                "qemu-system-aarch64",
                "/usr/share/AAVMF/AAVMF_CODE.fd",
                "/usr/share/AAVMF/AAVMF_VARS.fd",
                List.of("-machine", "virt", "-cpu", "cortex-a57"));

        private final String program;
        private final String code;
        private final String variables;
        private final List<String> options;

        Chip(String program, String code, String variables, List<String> options) {
            this.program = program;
            this.code = code;
            this.variables = variables;
            this.options = options;
        }
    }

    private final String about;
    private final Chip chip;
    private final String card;
    private final boolean httpBoot;

    Board(String about, Chip chip, String card, boolean httpBoot) {
        this.about = about;
        this.chip = chip;
        this.card = card;
        this.httpBoot = httpBoot;
    }

    String about() {
        return about;
    }

    boolean isBios() {
        return chip == Chip.BIOS;
    }

    /** Whether its frames go through a {@link Disguise}. */
    boolean isDisguised() {
        return this == SEABIOS_DISGUISED;
    }

    boolean isHttpBoot() {
        return httpBoot;
    }

    /** What the kernel calls the serial line. */
    String console() {
        return chip == Chip.AA64 ? "ttyAMA0" : "ttyS0";
    }

    /** The variables as they come with the firmware; empty for a BIOS. */
    String variables() {
        return chip.variables;
    }

    /**
     * QEMU's command line without the network and the console.
     *
     * @param variables a copy for this machine alone
     */
    List<String> command(Path variables, String mac) {
        List<String> command = new ArrayList<>(List.of(chip.program, "-accel", "tcg", "-m", "1024", "-vga", "none"));
        if (chip == Chip.AA64) {
            command.removeLast();
            command.removeLast();
        }
        command.addAll(chip.options);
        if (!isBios()) {
            Stream.of("readonly=on,file=" + chip.code, "file=" + variables)
                    .forEach(flash -> command.addAll(List.of("-drive", "if=pflash,format=raw," + flash)));
        }
        if (httpBoot) {
            // The firmware's boot menu has PXE first; OVMF and AAVMF leave it out when they are told to.
            Stream.of("IPv4PXESupport", "IPv6PXESupport", "IPv6Support")
                    .forEach(
                            name -> command.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/" + name + ",string=n")));
        }
        // virtio without its ROM: the firmware drives the card itself.
        command.addAll(List.of("-device", card + ",netdev=n0,mac=" + mac));
        return command;
    }
}
