package org.pxemesh.lab.firmware;

import static org.pxemesh.lab.firmware.Mark.console;
import static org.pxemesh.lab.firmware.Mark.wire;

import java.util.List;
import java.util.stream.Stream;
import org.pxemesh.lab.LabException;
import org.pxemesh.lab.site.DhcpServer;

/**
 * The rows. Not every firmware with every DHCP server, relay and host, but each kind of firmware (BIOS, UEFI PXE, UEFI HTTP
 * Boot) with each of them, and each pair of DHCP server, relay and host.
 */
final class Matrix {
    private static final String LINUX = "linux";
    private static final String PORTABLE = "portable";
    private static final String SECURE_BOOT_IS_ON = "secureboot: Secure boot enabled";
    private static final Mark IPXE = console(Stage.NBP, "iPXE initialising devices");
    private static final Mark KERNEL = console(Stage.KERNEL, "Linux version");
    private static final Mark GRUB_BOOTS = console(Stage.LOADER, "Booting `PXE Mesh'");
    private static final Mark SYSTEM = console(Stage.SYSTEM, Kit.SYSTEM_RUNS);

    private static final List<Row> ALWAYS = List.of(
            new Row(
                    "bios-ipxe",
                    "the card's iPXE takes the script, kernel over HTTP",
                    Board.SEABIOS_VIRTIO,
                    Kit.KERNEL,
                    DhcpServer.DNSMASQ,
                    Relay.NONE,
                    LINUX,
                    wire(Stage.NBP, "boot.ipxe HTTP"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "bios-pxelinux",
                    "pxelinux.0 over TFTP, then kernel and initrd over TFTP",
                    Board.SEABIOS_E1000,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.ISC,
                    PORTABLE,
                    console(Stage.NBP, "PXELINUX"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "bios-undionly",
                    "undionly.kpxe as a program alone runs over the card's UNDI",
                    Board.SEABIOS_VIRTIO,
                    Kit.UNDIONLY,
                    DhcpServer.DNSMASQ,
                    Relay.DNSMASQ,
                    PORTABLE,
                    wire(Stage.NBP, "TFTP read undionly.kpxe"),
                    console(Stage.LOADER, "using undionly")),
            new Row(
                    "uefi-snponly",
                    "snponly.efi over TFTP, then the script",
                    Board.OVMF,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.NONE,
                    PORTABLE,
                    IPXE,
                    KERNEL,
                    SYSTEM),
            new Row(
                    "uefi-snponly-relay",
                    "the same behind a relay",
                    Board.OVMF,
                    Kit.INSTALLER,
                    DhcpServer.DNSMASQ,
                    Relay.ISC,
                    LINUX,
                    IPXE,
                    KERNEL,
                    SYSTEM),
            new Row(
                    "uefi-relay-to-peer",
                    "no peer in the machine's network: a relay speaks for it, to DHCP server and peer",
                    Board.OVMF,
                    Kit.INSTALLER,
                    DhcpServer.DNSMASQ,
                    Relay.ISC_TO_PEER,
                    LINUX,
                    IPXE,
                    KERNEL,
                    SYSTEM),
            new Row(
                    "bios-relay-to-peer",
                    "the same with a BIOS",
                    Board.SEABIOS_E1000,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.ISC_TO_PEER,
                    PORTABLE,
                    console(Stage.NBP, "PXELINUX"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "uefi-syslinux",
                    "syslinux.efi over TFTP, then its library, kernel and initrd",
                    Board.OVMF,
                    Kit.SYSLINUX,
                    DhcpServer.KEA,
                    Relay.DNSMASQ,
                    LINUX,
                    wire(Stage.NBP, "TFTP read syslinux.efi"),
                    wire(Stage.LOADER, "TFTP read ldlinux.e64"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "uefi-http",
                    "UEFI HTTP Boot: snponly.efi by its URI, then the script",
                    Board.OVMF_HTTP,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.ISC,
                    LINUX,
                    IPXE,
                    KERNEL,
                    SYSTEM),
            new Row(
                    "secure-boot-http",
                    "Secure Boot: a disk over HTTP with Debian's signed shim, GRUB and kernel",
                    Board.OVMF_SECURE_HTTP,
                    Kit.SIGNED_BESIDE_IPXE,
                    DhcpServer.DNSMASQ,
                    Relay.NONE,
                    PORTABLE,
                    wire(Stage.NBP, "boot.img HTTP"),
                    GRUB_BOOTS,
                    KERNEL,
                    console(Stage.KERNEL, SECURE_BOOT_IS_ON),
                    SYSTEM),
            new Row(
                    "secure-boot-pxe",
                    "Secure Boot: PXE, Debian's signed shim and GRUB",
                    Board.OVMF_SECURE,
                    Kit.SIGNED,
                    DhcpServer.KEA,
                    Relay.NONE,
                    LINUX,
                    wire(Stage.NBP, "TFTP read debian-installer/amd64/bootnetx64.efi"),
                    console(Stage.LOADER, "GNU GRUB")),
            new Row(
                    "secure-boot-unsigned",
                    "Secure Boot refuses a program that nobody signed, after it was fetched",
                    Board.OVMF_SECURE,
                    Kit.UNSIGNED,
                    DhcpServer.DNSMASQ,
                    Relay.NONE,
                    LINUX,
                    console(Stage.NBP, "NBP file downloaded successfully"),
                    console(Stage.REFUSED, "Access Denied")),
            new Row(
                    "aarch64",
                    "aarch64 UEFI: shim and GRUB of Debian's installer",
                    Board.AAVMF,
                    Kit.ARM,
                    DhcpServer.KEA,
                    Relay.NONE,
                    LINUX,
                    wire(Stage.NBP, "TFTP read debian-installer/arm64/bootnetaa64.efi"),
                    console(Stage.LOADER, "GNU GRUB")),
            new Row(
                    "aarch64-http",
                    "aarch64 UEFI HTTP Boot: a disk with shim, GRUB and kernel of Debian's installer",
                    Board.AAVMF_HTTP,
                    Kit.ARM,
                    DhcpServer.DNSMASQ,
                    Relay.ISC,
                    PORTABLE,
                    wire(Stage.NBP, "boot.img HTTP"),
                    GRUB_BOOTS,
                    KERNEL));

    /** Where the lab is given a GRUB that honours proxy offers, as Debian 13's does. */
    private static final Row GIVEN_GRUB = new Row(
            "secure-boot-pxe-given",
            "Secure Boot: PXE, Debian's signed shim, the given signed GRUB, Debian's signed kernel",
            Board.OVMF_SECURE,
            Kit.SIGNED_GIVEN,
            DhcpServer.KEA,
            Relay.NONE,
            LINUX,
            wire(Stage.NBP, "TFTP read debian-installer/amd64/bootnetx64.efi"),
            GRUB_BOOTS,
            KERNEL,
            console(Stage.KERNEL, SECURE_BOOT_IS_ON),
            SYSTEM);

    static final List<Row> ROWS = Kit.givenGrub().isEmpty()
            ? ALWAYS
            : Stream.concat(ALWAYS.stream(), Stream.of(GIVEN_GRUB)).toList();

    private Matrix() {}

    static Row named(String name) {
        return ROWS.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException("no row '" + name + "'; known are "
                        + ROWS.stream().map(Row::name).toList()));
    }
}
