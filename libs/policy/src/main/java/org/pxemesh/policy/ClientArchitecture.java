package org.pxemesh.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a boot client's firmware can run, by the names that package descriptors use. HTTP Boot variants of an
 * architecture run the same programs and share its constant.
 */
public enum ClientArchitecture {
    /** BIOS ROM; also what 64-bit PCs report there (code 0). */
    BIOS("bios", 0),
    /** 32-bit x86 UEFI (codes 6, 15). */
    IA32_UEFI("ia32-uefi", 6, 15),
    /** 64-bit x86 UEFI (codes 7, 9, 16): RFC 4578's table swapped 7 and 9, and firmware sends both. */
    X64_UEFI("x64-uefi", 7, 9, 16),
    /** 32-bit ARM UEFI (codes 10, 18). */
    ARM_UEFI("arm-uefi", 10, 18),
    /** 64-bit ARM UEFI (codes 11, 19). */
    AA64_UEFI("aa64-uefi", 11, 19),
    /** 64-bit RISC-V UEFI (codes 27, 28). */
    RISCV64_UEFI("riscv64-uefi", 27, 28),
    /** 64-bit LoongArch UEFI (codes 39, 40). */
    LOONG64_UEFI("loong64-uefi", 39, 40),
    /** A code that this version does not know; no package has a loader for it. */
    UNKNOWN("unknown");

    private static final ClientArchitecture[] ALL = values();

    private final String label;
    private final int[] codes;

    ClientArchitecture(String label, int... codes) {
        this.label = label;
        this.codes = codes;
    }

    /** The name in package descriptors and in the API, for example {@code x64-uefi}. */
    public String label() {
        return label;
    }

    public boolean isUefi() {
        return this != BIOS && this != UNKNOWN;
    }

    /** The architecture behind a code of DHCP option 93 (IANA processor architecture types). */
    public static ClientArchitecture ofCode(int code) {
        // Asked for each packet: loops, no streams.
        for (ClientArchitecture architecture : ALL) {
            for (int known : architecture.codes) {
                if (known == code) {
                    return architecture;
                }
            }
        }
        return UNKNOWN;
    }

    /** The architecture with a label, empty when there is none. */
    public static Optional<ClientArchitecture> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(a -> a.label.equalsIgnoreCase(label))
                .findFirst();
    }
}
