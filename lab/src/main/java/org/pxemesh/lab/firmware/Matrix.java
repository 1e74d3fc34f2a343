package org.pxemesh.lab.firmware;

import static org.pxemesh.lab.firmware.Mark.console;
import static org.pxemesh.lab.firmware.Mark.wire;

import java.util.List;
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

    private static final Mark NEXT_DEVICE = console(Stage.NEXT_DEVICE, ">>Start PXE over IPv6");
    private static final Mark MENU_PROMPT = console(Stage.ASKED, "Press F8 for the boot menu");

    static final List<Row> ROWS = List.of(
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
                    "pxelinux.0 over TFTP by a ROM that is not known as iPXE, then kernel and initrd over TFTP",
                    Board.SEABIOS_DISGUISED,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.ISC,
                    PORTABLE,
                    console(Stage.NBP, "PXELINUX"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "bios-ipxe-linux",
                    "the same tree: the card's iPXE loads in pxelinux.0's place, kernel and initrd over HTTP",
                    Board.SEABIOS_E1000,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.ISC,
                    PORTABLE,
                    wire(Stage.NBP, "boot.ipxe HTTP"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "bios-undionly",
                    "undionly.kpxe by a ROM that is not known as iPXE, then the script, kernel over HTTP",
                    Board.SEABIOS_DISGUISED,
                    Kit.KERNEL,
                    DhcpServer.DNSMASQ,
                    Relay.DNSMASQ,
                    PORTABLE,
                    wire(Stage.NBP, "TFTP read ipxe/undionly.kpxe"),
                    console(Stage.NBP, "using undionly"),
                    wire(Stage.LOADER, "boot.ipxe HTTP"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "bios-dhcp-on-peer",
                    "the DHCP server on the peer's machine sends the ROM to port 4011",
                    Board.SEABIOS_E1000,
                    Kit.INSTALLER,
                    DhcpServer.DNSMASQ,
                    Relay.SERVER_ON_PEER,
                    PORTABLE,
                    wire(Stage.NBP, "boot.ipxe HTTP"),
                    KERNEL,
                    SYSTEM),
            new Row(
                    "uefi-dhcp-on-peer",
                    "the DHCP server on the peer's machine sends UEFI and iPXE to port 4011",
                    Board.OVMF,
                    Kit.INSTALLER,
                    DhcpServer.KEA,
                    Relay.SERVER_ON_PEER,
                    LINUX,
                    IPXE,
                    KERNEL,
                    SYSTEM),
            new Row(
                            "ipxe-dead-boot-server",
                            "a foreign boot server's offer is the first: iPXE asks its silent port 4011, and the peer answers",
                            Board.SEABIOS_E1000,
                            Kit.INSTALLER,
                            DhcpServer.KEA,
                            Relay.NONE,
                            LINUX,
                            wire(Stage.POWERED, "REQUEST to port 4011"),
                            wire(Stage.NBP, "boot.ipxe HTTP"),
                            KERNEL,
                            SYSTEM)
                    .with(Beside.DEAD_BOOT_SERVER_FIRST),
            new Row(
                            "uefi-dead-boot-server",
                            "a foreign boot server sends UEFI to its silent port 4011, and PXE 1.0's form beats it",
                            Board.OVMF,
                            Kit.SYSLINUX,
                            DhcpServer.DNSMASQ,
                            Relay.NONE,
                            PORTABLE,
                            wire(Stage.NBP, "TFTP read syslinux.efi"),
                            wire(Stage.LOADER, "TFTP read ldlinux.e64"),
                            KERNEL,
                            SYSTEM)
                    .with(Beside.DEAD_BOOT_SERVER),
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
                    "the same with a BIOS, by pxelinux.0 over TFTP",
                    Board.SEABIOS_DISGUISED,
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
                    "Secure Boot: PXE, Debian's signed shim, Debian 13's signed GRUB, Debian's signed kernel",
                    Board.OVMF_SECURE,
                    Kit.SIGNED_13,
                    DhcpServer.KEA,
                    Relay.NONE,
                    LINUX,
                    wire(Stage.NBP, "TFTP read debian-installer/amd64/bootnetx64.efi"),
                    GRUB_BOOTS,
                    KERNEL,
                    console(Stage.KERNEL, SECURE_BOOT_IS_ON),
                    SYSTEM),
            new Row(
                    "secure-boot-pxe-grub-2.06",
                    "Secure Boot: PXE, Debian 12's signed shim and GRUB, which reads no proxy's offer",
                    Board.OVMF_SECURE,
                    Kit.SIGNED,
                    DhcpServer.KEA,
                    Relay.NONE,
                    LINUX,
                    wire(Stage.NBP, "TFTP read debian-installer/amd64/bootnetx64.efi"),
                    console(Stage.LOADER, "GNU GRUB")),
            new Row(
                    "secure-boot-pxe-dhcp-on-peer",
                    "Secure Boot: PXE, Debian 12's signed shim and GRUB, which ask the DHCP server's machine: the peer's",
                    Board.OVMF_SECURE,
                    Kit.SIGNED,
                    DhcpServer.DNSMASQ,
                    Relay.SERVER_ON_PEER,
                    LINUX,
                    wire(Stage.NBP, "TFTP read debian-installer/amd64/bootnetx64.efi"),
                    GRUB_BOOTS,
                    KERNEL,
                    console(Stage.KERNEL, SECURE_BOOT_IS_ON),
                    SYSTEM),
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
                            "uefi-menu-yes",
                            "the firmware's own menu asks; F8, the second entry and Enter boot a program that cannot ask",
                            Board.OVMF,
                            Kit.UNSIGNED,
                            DhcpServer.DNSMASQ,
                            Relay.NONE,
                            LINUX,
                            MENU_PROMPT.then("f8"),
                            console(Stage.ASKED, "Boot lab-unsigned@1").then("down", "ret"),
                            wire(Stage.NBP, "TFTP read snponly.efi"),
                            IPXE)
                    .asking(),
            new Row(
                            "uefi-menu-no",
                            "the same without a key: the machine goes on to its next boot device",
                            Board.OVMF,
                            Kit.UNSIGNED,
                            DhcpServer.KEA,
                            Relay.ISC,
                            PORTABLE,
                            MENU_PROMPT,
                            NEXT_DEVICE)
                    .asking(),
            new Row(
                            "uefi-menu-escape",
                            "the same with Escape",
                            Board.OVMF,
                            Kit.UNSIGNED,
                            DhcpServer.DNSMASQ,
                            Relay.NONE,
                            LINUX,
                            MENU_PROMPT.then("esc"),
                            NEXT_DEVICE)
                    .asking(),
            new Row(
                            "bios-ipxe-asks",
                            "the card's iPXE gets no menu, and asks by a script",
                            Board.SEABIOS_VIRTIO,
                            Kit.UNDIONLY,
                            DhcpServer.DNSMASQ,
                            Relay.NONE,
                            LINUX,
                            console(Stage.ASKED, "Press p to boot lab-undionly@1")
                                    .then("p"),
                            wire(Stage.NBP, "undionly.kpxe HTTP"),
                            console(Stage.LOADER, "using undionly"))
                    .asking(),
            new Row(
                    "aarch64",
                    "aarch64 UEFI: PXE, shim, Debian 13's GRUB, kernel over TFTP",
                    Board.AAVMF,
                    Kit.ARM_13,
                    DhcpServer.KEA,
                    Relay.NONE,
                    LINUX,
                    wire(Stage.NBP, "TFTP read debian-installer/arm64/bootnetaa64.efi"),
                    GRUB_BOOTS,
                    KERNEL,
                    SYSTEM),
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
                    KERNEL,
                    SYSTEM));

    private Matrix() {}

    static Row named(String name) {
        return ROWS.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException("no row '" + name + "'; known are "
                        + ROWS.stream().map(Row::name).toList()));
    }
}
