package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

class LoaderKindTest {

    @ParameterizedTest
    @CsvSource({
        "LINUX_NETBOOT, pxelinux.0, PXELINUX",
        "LINUX_NETBOOT, ipxe/snponly.efi, IPXE",
        "LINUX_NETBOOT, IPXE/SNPONLY.EFI, IPXE",
        "LINUX_NETBOOT, undionly.kpxe, IPXE",
        "LINUX_NETBOOT, ipxe/bootnetx64.efi, SHIM_GRUB",
        "LINUX_NETBOOT, syslinux.efi, PXELINUX",
        "WINDOWS_PE, boot/pxeboot.n12, WINDOWS",
        "EFI_APPLICATION, shellx64.efi, PLAIN",
        "RAW_NBP, memtest.0, PLAIN",
    })
    void shouldFollowFromPackageAndProgram(PackageKind kind, String nbp, LoaderKind expected) {
        LoaderState loader = new LoaderState("bios", nbp, List.of(), null, null, List.of(), true);

        assertThat(LoaderKind.of(new BootDescriptor(kind, List.of(loader)), loader))
                .isEqualTo(expected);
    }
}
