package org.pxemesh.statusservice.boot;

/** Names of DHCP option 93's values (IANA, Processor Architecture Types) as administrators know them. */
final class Architectures {

    private Architectures() {}

    static String name(int architecture) {
        return switch (architecture) {
            case 0 -> "BIOS";
            case 6 -> "IA32 UEFI";
            // RFC 4578's table and what firmware sends differ: both mean x64.
            case 7, 9 -> "x64 UEFI";
            case 10 -> "ARM32 UEFI";
            case 11 -> "ARM64 UEFI";
            case 15 -> "IA32 UEFI HTTP";
            case 16 -> "x64 UEFI HTTP";
            case 19 -> "ARM64 UEFI HTTP";
            default -> "architecture " + architecture;
        };
    }
}
