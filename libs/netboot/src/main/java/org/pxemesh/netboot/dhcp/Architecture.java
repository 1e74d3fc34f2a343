package org.pxemesh.netboot.dhcp;

import static java.util.Map.entry;

import java.util.Map;

/**
 * A client system architecture (option 93). The registry and the practice differ: RFC 4578 gives 9 to "EFI x86-64" and
 * 7 to "EFI BC", yet x64 firmware sends 7 as a rule and 9 sometimes; both mean the same loader.
 *
 * @param code 0 to 65535 as sent by the client
 */
public record Architecture(int code) {

    public static final Architecture X86_BIOS = new Architecture(0);
    public static final Architecture IA64_EFI = new Architecture(2);
    public static final Architecture IA32_EFI = new Architecture(6);
    public static final Architecture X64_EFI = new Architecture(7);
    public static final Architecture X64_EFI_BC = new Architecture(9);
    public static final Architecture ARM32_EFI = new Architecture(10);
    public static final Architecture ARM64_EFI = new Architecture(11);
    public static final Architecture IA32_HTTP = new Architecture(15);
    public static final Architecture X64_HTTP = new Architecture(16);
    public static final Architecture ARM32_HTTP = new Architecture(18);
    public static final Architecture ARM64_HTTP = new Architecture(19);
    public static final Architecture RISCV64_EFI = new Architecture(27);
    public static final Architecture LOONGARCH64_EFI = new Architecture(39);
    public static final Architecture RASPBERRY_PI = new Architecture(41);

    private record Traits(FirmwareKind firmware, String cpu) {}

    private static final Traits UNKNOWN = new Traits(FirmwareKind.UNKNOWN, "unknown");

    private static final Map<Integer, Traits> KNOWN = Map.ofEntries(
            entry(0, new Traits(FirmwareKind.BIOS, "x86")),
            entry(2, new Traits(FirmwareKind.UEFI, "ia64")),
            entry(6, new Traits(FirmwareKind.UEFI, "x86")),
            entry(7, new Traits(FirmwareKind.UEFI, "x64")),
            entry(9, new Traits(FirmwareKind.UEFI, "x64")),
            entry(10, new Traits(FirmwareKind.UEFI, "arm32")),
            entry(11, new Traits(FirmwareKind.UEFI, "arm64")),
            entry(15, new Traits(FirmwareKind.UEFI_HTTP, "x86")),
            entry(16, new Traits(FirmwareKind.UEFI_HTTP, "x64")),
            entry(18, new Traits(FirmwareKind.UEFI_HTTP, "arm32")),
            entry(19, new Traits(FirmwareKind.UEFI_HTTP, "arm64")),
            entry(27, new Traits(FirmwareKind.UEFI, "riscv64")),
            entry(39, new Traits(FirmwareKind.UEFI, "loongarch64")),
            entry(41, new Traits(FirmwareKind.BOARD, "arm64")));

    public FirmwareKind firmware() {
        return KNOWN.getOrDefault(code, UNKNOWN).firmware();
    }

    /** {@code x86}, {@code x64}, {@code arm32}, {@code arm64}, {@code riscv64}, ... or {@code unknown}. */
    public String cpu() {
        return KNOWN.getOrDefault(code, UNKNOWN).cpu();
    }

    public boolean isKnown() {
        return KNOWN.containsKey(code);
    }

    @Override
    public String toString() {
        return isKnown() ? cpu() + "-" + firmware() + "(" + code + ")" : "architecture(" + code + ")";
    }
}
