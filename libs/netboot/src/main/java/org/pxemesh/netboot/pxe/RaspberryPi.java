package org.pxemesh.netboot.pxe;

import java.util.List;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** Raspberry Pi boards: a Pi 5's ROM says it is an x86 BIOS, so the vendor octets decide. */
final class RaspberryPi {

    private static final List<Integer> VENDORS = List.of(0xb827eb, 0xdca632, 0xe45f01, 0x28cdc1, 0xd83add);

    private RaspberryPi() {}

    static boolean owns(HardwareAddress address) {
        return VENDORS.stream().anyMatch(address::hasVendor);
    }
}
