package org.pxemesh.packageservice.build;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be imported. All but {@code name} and {@code source} may be missing.
 *
 * @param name of the package: 1 to 64 of {@code a-z 0-9 . _ -}
 * @param version when missing, the time of the import in UTC
 * @param kind {@code auto} (when missing), {@code windows-pe}, {@code linux-netboot}, {@code kernel-initrd},
 *     {@code efi-application} or {@code raw-nbp}
 * @param source where the files are; an upload has none
 * @param arguments for a Linux kernel, one word each
 * @param kernel path in the source, for kind {@code kernel-initrd}
 * @param initrd path in the source, for kind {@code kernel-initrd}
 * @param architectures of a Windows kit to take: {@code amd64}, {@code x86}, {@code arm64}
 * @param signedBy whose UEFI programs of a Windows kit come first: {@code ca2011}, {@code ca2023} or {@code auto}
 * @param delivery of a Windows PE: {@code tftp}, {@code wimboot} or {@code auto}
 * @param bcd {@code generated} or {@code kit}; a store in {@code biosBcd} or {@code uefiBcd} goes before both
 * @param biosBcd a BCD store for BIOS clients: absolute path on HQ's machine, under an import root
 * @param uefiBcd the same for UEFI clients
 * @param without tools of a Windows kit that may be missing
 * @param acceptSecrets publishes a package although boot clients can read secrets in it; audited
 */
public record ImportRequest(
        @Nullable String name,
        @Nullable String version,
        @Nullable String kind,
        @Nullable Source source,
        @Nullable List<String> arguments,
        @Nullable String kernel,
        @Nullable String initrd,
        @Nullable List<String> architectures,
        @Nullable String signedBy,
        @Nullable String delivery,
        @Nullable String bcd,
        @Nullable String biosBcd,
        @Nullable String uefiBcd,
        @Nullable List<String> without,
        @Nullable Boolean acceptSecrets) {

    /**
     * A place on HQ's machine, under one of {@code pxemesh.import.roots}; one of the two.
     *
     * @param directory absolute path of a tree
     * @param file absolute path of an archive, an ISO image, a boot image or a boot program
     */
    public record Source(
            @Nullable String directory, @Nullable String file) {}
}
