package org.pxemesh.packageservice.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        return recognise(paths, ipxe).orElseThrow().boot().loaders();
    }

    private static Optional<LinuxNetboot.Found> recognise(List<String> paths, boolean ipxe) {
        return LinuxNetboot.recognise(paths, ipxe, List.of(), Map.of());
    }

    @Test
    void shouldBootBiosByPxelinuxAndUefiByIpxe() {
        // When
        LinuxNetboot.Found tree = recognise(TREE, true).orElseThrow();
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
        LinuxNetboot.Found tree = recognise(own, true).orElseThrow();
        assertThat(tree.needsIpxe()).isFalse();
        assertThat(tree.boot().loaders().get(1).nbp()).isEqualTo("IPXE/snponly.efi");
    }

    @Test
    void shouldWarnWhereOnlyShimAndGrubAreThere() {
        LinuxNetboot.Found tree = recognise(TREE, false).orElseThrow();
        assertThat(tree.boot().loaders().get(1).nbp()).isEqualTo("debian-installer/amd64/bootnetx64.efi");
        assertThat(tree.boot().loaders().get(1).next()).containsExactly("debian-installer/amd64/grubx64.efi");
        assertThat(tree.warnings()).singleElement().asString().contains("install the package ipxe on HQ's machine");
    }

    @Test
    void shouldSayWhichGrubEndsAtItsPromptOverPxe() {
        assertThat(warnings(new GrubProgram("2.06-13+deb12u2", false)))
                .singleElement()
                .asString()
                .contains("grubx64.efi (GRUB 2.06-13+deb12u2), which does not read a boot server's offer");
        assertThat(warnings(new GrubProgram("2.12-9+deb13u2", true))).isEmpty();
    }

    private static List<String> warnings(GrubProgram grub) {
        return LinuxNetboot.recognise(TREE, false, List.of(), Map.of("debian-installer/amd64/grubx64.efi", grub))
                .orElseThrow()
                .warnings();
    }

    @Test
    void shouldTakeSyslinuxForUefiWhereThereIsNothingElse() {
        List<String> own = new ArrayList<>(without("debian-installer/amd64/grubx64.efi"));
        own.addAll(List.of("syslinux.efi", "ldlinux.e64"));
        assertThat(loaders(own, false).get(1))
                .isEqualTo(new LoaderState(
                        "x64-uefi", "syslinux.efi", List.of("ldlinux.e64"), KERNEL, INITRD, List.of(), true));
        assertThat(recognise(own, false).orElseThrow().warnings())
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
        assertThat(recognise(without(KERNEL), true)).isEqualTo(Optional.empty());
        assertThat(recognise(without(INITRD), true)).isEqualTo(Optional.empty());
        assertThat(recognise(List.of(), true)).isEqualTo(Optional.empty());
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
