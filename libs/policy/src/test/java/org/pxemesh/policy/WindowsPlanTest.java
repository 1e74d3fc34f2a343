package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.events.DeploymentKind.AVAILABLE;
import static org.pxemesh.events.DeploymentKind.LOCAL;
import static org.pxemesh.events.DeploymentKind.REQUIRED;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.DeploymentKind;
import org.pxemesh.events.HoldKind;
import org.pxemesh.events.Holding;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.PolicyMode;
import org.pxemesh.events.PolicyState;
import org.pxemesh.events.UnknownComputers;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;

class WindowsPlanTest {

    private static final String WINPE = "winpe@1";

    private static WindowsBoot windows(
            @Nullable String prompt, @Nullable String abort, WindowsDelivery delivery, BootSigning signing) {
        return new WindowsBoot(
                prompt,
                abort,
                null,
                "boot.sdi",
                "boot.wim",
                null,
                null,
                BcdSource.GENERATED,
                List.of("fonts/wgl4_boot.ttf"),
                delivery,
                "ipxe/undionly.kpxe",
                "wimboot",
                signing,
                26100);
    }

    private static LoaderState bios(WindowsDelivery delivery) {
        return LoaderState.windows(
                "bios", "pxeboot.n12", windows("pxeboot.com", "abortpxe.com", delivery, BootSigning.UNKNOWN));
    }

    private static LoaderState uefi(String nbp, @Nullable String prompt, BootSigning signing) {
        return LoaderState.windows("x64-uefi", nbp, windows(prompt, null, WindowsDelivery.TFTP, signing));
    }

    private static Hq hq(DeploymentKind kind, LoaderState... loaders) {
        Hq hq = Hq.inParis()
                .says(new PolicyEnabled(new PolicyState(
                        Hq.id("offices"),
                        1,
                        "offices",
                        true,
                        PolicyMode.ANSWER,
                        List.of(Collected.ALL_COMPUTERS),
                        UnknownComputers.BOOT,
                        new Holding(HoldKind.DEPLOYED, List.of(), 0),
                        8192,
                        16,
                        45)))
                .says(new PackageBuilt(new PackageState(
                        "winpe",
                        "1",
                        1,
                        "ab".repeat(32),
                        "http://hq/",
                        1,
                        9,
                        new BootDescriptor(PackageKind.WINDOWS_PE, List.of(loaders)),
                        Hq.NOW)))
                .says(Hq.deployment("strangers", WINPE, null, true, kind));
        Set<String> files = new LinkedHashSet<>();
        List.of(loaders).forEach(loader -> files.addAll(loader.files()));
        hq.held = Map.of(WINPE, files);
        return hq;
    }

    private static BootPlan plan(Hq hq, ClientArchitecture architecture) {
        assertThat(hq.decide(architecture)).isInstanceOf(BootPlan.class);
        return (BootPlan) hq.decide(architecture);
    }

    @Test
    void shouldBeginWithTheProgramThatAsksNobody() {
        Hq hq = hq(REQUIRED, bios(WindowsDelivery.TFTP), uefi("bootmgfw.efi", "wdsmgfw.efi", BootSigning.CA2011));

        assertThat(plan(hq, ClientArchitecture.BIOS).nbp()).isEqualTo("pxeboot.n12");
        assertThat(plan(hq, ClientArchitecture.X64_UEFI)).satisfies(plan -> {
            assertThat(plan.nbp()).isEqualTo("bootmgfw.efi");
            assertThat(plan.loader()).isEqualTo(LoaderKind.WINDOWS);
            assertThat(plan.prompt()).isFalse();
        });
    }

    @Test
    void shouldBeginWithTheProgramThatAsks() {
        Hq hq = hq(AVAILABLE, bios(WindowsDelivery.TFTP), uefi("bootmgfw.efi", "wdsmgfw.efi", BootSigning.CA2011));

        assertThat(plan(hq, ClientArchitecture.BIOS).nbp()).isEqualTo("pxeboot.com");
        assertThat(plan(hq, ClientArchitecture.X64_UEFI).nbp()).isEqualTo("wdsmgfw.efi");
        assertThat(plan(hq, ClientArchitecture.X64_UEFI).prompt()).isTrue();
    }

    @Test
    void shouldNeverTurnAvailableIntoAnAutomaticBoot() {
        Hq hq = hq(AVAILABLE, uefi("bootmgfw.efi", null, BootSigning.CA2011));

        assertThat(hq.decide(ClientArchitecture.X64_UEFI)).isInstanceOfSatisfying(Ignored.class, ignored -> {
            assertThat(ignored.reasons()).containsExactly(Reason.NO_PROMPT_LOADER);
            assertThat(ignored.refusals().getFirst().detail()).contains("bootmgfw.efi of package winpe@1 cannot ask");
        });
    }

    @Test
    void shouldTakeTheTftpSizesFromThePolicy() {
        assertThat(plan(hq(REQUIRED, bios(WindowsDelivery.TFTP)), ClientArchitecture.BIOS)
                        .windows())
                .extracting(WindowsPlan::tftpBlockSize, WindowsPlan::tftpWindowSize)
                .containsExactly(8192, 16);
    }

    @Test
    void Q11_shouldHandABiosBackAtOnceAndLeaveUefiAlone() {
        Hq hq = hq(LOCAL, bios(WindowsDelivery.TFTP), uefi("bootmgfw.efi", "wdsmgfw.efi", BootSigning.CA2011));

        assertThat(plan(hq, ClientArchitecture.BIOS)).satisfies(plan -> {
            assertThat(plan.nbp()).isEqualTo("abortpxe.com");
            assertThat(plan.loader()).isEqualTo(LoaderKind.LOCAL_DISK);
            assertThat(plan.files()).containsExactly("abortpxe.com");
        });
        assertThat(hq.decide(ClientArchitecture.X64_UEFI))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reasons()).containsExactly(Reason.LOCAL_BOOT));
    }

    @Test
    void shouldBeSilentForLocalWhereNoProgramHandsBack() {
        LoaderState without = LoaderState.windows(
                "bios", "pxeboot.n12", windows(null, null, WindowsDelivery.TFTP, BootSigning.UNKNOWN));

        assertThat(hq(LOCAL, without).decide(ClientArchitecture.BIOS))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reasons()).containsExactly(Reason.LOCAL_BOOT));
    }

    @Test
    void shouldBeginWithIpxeForWimboot() {
        assertThat(plan(hq(REQUIRED, bios(WindowsDelivery.WIMBOOT)), ClientArchitecture.BIOS))
                .satisfies(plan -> {
                    assertThat(plan.nbp()).isEqualTo("ipxe/undionly.kpxe");
                    assertThat(plan.loader()).isEqualTo(LoaderKind.IPXE);
                    assertThat(plan.hasIpxeScript()).isTrue();
                });
        assertThat(plan(hq(AVAILABLE, bios(WindowsDelivery.WIMBOOT)), ClientArchitecture.BIOS))
                .satisfies(plan -> {
                    assertThat(plan.prompt()).isTrue();
                    assertThat(plan.promptSeconds()).isEqualTo(45);
                });
    }

    @Test
    void Q111_shouldUseTheFirstOfTwoSignings() {
        Hq hq = hq(
                REQUIRED,
                uefi("EFI_EX/bootmgfw_EX.efi", null, BootSigning.CA2023),
                uefi("EFI/bootmgfw.efi", null, BootSigning.CA2011));

        assertThat(plan(hq, ClientArchitecture.X64_UEFI).nbp()).isEqualTo("EFI_EX/bootmgfw_EX.efi");
    }

    @ParameterizedTest
    @CsvSource({"CA2023, EFI/bootmgfw.efi", "CA2011, EFI_EX/bootmgfw_EX.efi", "UNKNOWN, EFI_EX/bootmgfw_EX.efi"})
    void Q111_shouldUseTheOtherSigningForAClientThatRefusedOne(BootSigning refused, String program) {
        Hq hq = hq(
                REQUIRED,
                uefi("EFI_EX/bootmgfw_EX.efi", null, BootSigning.CA2023),
                uefi("EFI/bootmgfw.efi", null, BootSigning.CA2011));
        BootClient client = new BootClient("52:54:00:00:00:01", null, ClientArchitecture.X64_UEFI, refused);

        assertThat(hq.decide(client))
                .isInstanceOfSatisfying(
                        BootPlan.class, plan -> assertThat(plan.nbp()).isEqualTo(program));
    }

    @Test
    void Q111_shouldKeepTheOnlySigningThatThereIs() {
        Hq hq = hq(REQUIRED, uefi("EFI/bootmgfw.efi", null, BootSigning.CA2011));
        BootClient client = new BootClient("52:54:00:00:00:01", null, ClientArchitecture.X64_UEFI, BootSigning.CA2011);

        assertThat(hq.decide(client))
                .isInstanceOfSatisfying(
                        BootPlan.class, plan -> assertThat(plan.nbp()).isEqualTo("EFI/bootmgfw.efi"));
    }

    @Test
    void shouldNameTheFilesThatThePackageLacks() {
        Hq hq = hq(REQUIRED, bios(WindowsDelivery.TFTP));
        hq.held = Map.of(WINPE, Set.of("pxeboot.n12"));

        assertThat(hq.decide(ClientArchitecture.BIOS)).isInstanceOfSatisfying(Ignored.class, ignored -> {
            assertThat(ignored.reasons()).containsExactly(Reason.FILE_NOT_IN_PACKAGE);
            assertThat(ignored.refusals().getFirst().detail())
                    .contains("boot.wim")
                    .contains("fonts/wgl4_boot.ttf");
        });
    }
}
