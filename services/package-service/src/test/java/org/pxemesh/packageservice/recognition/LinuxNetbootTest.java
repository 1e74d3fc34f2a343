package org.pxemesh.packageservice.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;

class LinuxNetbootTest {

    private static final String KERNEL = "debian-installer/amd64/linux";
    private static final String INITRD = "debian-installer/amd64/initrd.gz";
    private static final List<String> TREE = List.of(
            "pxelinux.0",
            "ldlinux.c32",
            KERNEL,
            INITRD,
            "debian-installer/amd64/bootnetx64.efi",
            "debian-installer/amd64/grubx64.efi");

    private static List<String> without(String path) {
        List<String> rest = new ArrayList<>(TREE);
        rest.remove(path);
        return rest;
    }

    private static List<LoaderState> loaders(List<String> paths, boolean ipxe) {
        return LinuxNetboot.recognise(paths, ipxe, List.of())
                .orElseThrow()
                .boot()
                .loaders();
    }

    @Test
    void shouldBootBiosByPxelinuxAndUefiByIpxe() {
        // When
        LinuxNetboot.Found tree = LinuxNetboot.recognise(TREE, true, List.of()).orElseThrow();
        // Then
        assertThat(tree.boot().kind()).isEqualTo(PackageKind.LINUX_NETBOOT);
        assertThat(tree.boot().loaders())
                .containsExactly(
                        new LoaderState("bios", "pxelinux.0", List.of("ldlinux.c32"), KERNEL, INITRD, List.of(), true),
                        new LoaderState("x64-uefi", "ipxe/snponly.efi", List.of(), KERNEL, INITRD, List.of(), true));
        assertThat(tree.needsIpxe()).isTrue();
        assertThat(tree.warnings()).isEmpty();
    }

    @Test
    void shouldPreferTheTreesOwnIpxe() {
        List<String> own = new ArrayList<>(TREE);
        own.add("IPXE/snponly.efi");
        LinuxNetboot.Found tree = LinuxNetboot.recognise(own, true, List.of()).orElseThrow();
        assertThat(tree.needsIpxe()).isFalse();
        assertThat(tree.boot().loaders().get(1).nbp()).isEqualTo("IPXE/snponly.efi");
    }

    @Test
    void shouldWarnWhereOnlyShimAndGrubAreThere() {
        LinuxNetboot.Found tree = LinuxNetboot.recognise(TREE, false, List.of()).orElseThrow();
        assertThat(tree.boot().loaders().get(1).nbp()).isEqualTo("debian-installer/amd64/bootnetx64.efi");
        assertThat(tree.boot().loaders().get(1).next()).containsExactly("debian-installer/amd64/grubx64.efi");
        assertThat(tree.warnings()).singleElement().asString().contains("install the package ipxe on HQ's machine");
    }

    @Test
    void shouldTakeSyslinuxForUefiWhereThereIsNothingElse() {
        List<String> own = new ArrayList<>(without("debian-installer/amd64/grubx64.efi"));
        own.addAll(List.of("syslinux.efi", "ldlinux.e64"));
        assertThat(loaders(own, false).get(1))
                .isEqualTo(new LoaderState(
                        "x64-uefi", "syslinux.efi", List.of("ldlinux.e64"), KERNEL, INITRD, List.of(), true));
        assertThat(LinuxNetboot.recognise(own, false, List.of()).orElseThrow().warnings())
                .singleElement()
                .asString()
                .contains("Secure Boot");
        own.remove("ldlinux.e64");
        assertThat(loaders(own, false)).extracting(LoaderState::architecture).containsExactly("bios");
    }

    @Test
    void shouldOfferOnlyWhatTheTreeCanBoot() {
        assertThat(loaders(without("ldlinux.c32"), true))
                .extracting(LoaderState::architecture)
                .containsExactly("x64-uefi");
        assertThat(loaders(without("debian-installer/amd64/grubx64.efi"), false))
                .extracting(LoaderState::architecture)
                .containsExactly("bios");
        assertThat(LinuxNetboot.recognise(without(KERNEL), true, List.of())).isEqualTo(Optional.empty());
        assertThat(LinuxNetboot.recognise(without(INITRD), true, List.of())).isEqualTo(Optional.empty());
        assertThat(LinuxNetboot.recognise(List.of(), true, List.of())).isEqualTo(Optional.empty());
    }

    @Test
    void shouldKnowArm() {
        assertThat(loaders(
                        List.of(
                                "debian-installer/arm64/linux",
                                "debian-installer/arm64/initrd.gz",
                                "debian-installer/arm64/bootnetaa64.efi",
                                "debian-installer/arm64/grubaa64.efi"),
                        true))
                .singleElement()
                .satisfies(loader -> assertThat(loader.architecture()).isEqualTo("aa64-uefi"));
    }
}
