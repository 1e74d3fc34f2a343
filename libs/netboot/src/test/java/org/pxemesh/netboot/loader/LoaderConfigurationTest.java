package org.pxemesh.netboot.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderConfigurationTest {

    private static final List<String> SOURCES = List.of("http://192.0.2.10:8069/boot/4711");
    private static final Optional<BootQuestion> QUESTION = Optional.of(new BootQuestion("debian@12", 30));

    private static final LinuxBoot BOOT = new LinuxBoot(
            "debian-installer/amd64/linux",
            "debian-installer/amd64/initrd.gz",
            Stream.concat(
                            Preseed.arguments("http://192.0.2.10:8069/checkin/4711").stream(),
                            Stream.of("console=ttyS0", "foo=a;b"))
                    .toList());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pxelinux.cfg/default",
                "pxelinux.cfg/01-52-54-00-00-00-01",
                "debian-installer/amd64/pxelinux.cfg/0A000001"
            })
    void shouldAnswerAnyNameThatPxelinuxTries(String name) {
        assertThat(LoaderConfiguration.of(name, BOOT, SOURCES, Optional.empty()))
                .contains("""
                serial 0 115200
                default pxemesh
                prompt 0
                timeout 0
                label pxemesh
                  kernel /debian-installer/amd64/linux
                  initrd /debian-installer/amd64/initrd.gz
                  append auto=true priority=critical interface=auto locale=en_US keymap=us hostname=boot \
                domain=site netcfg/get_nameservers= netcfg/no_default_route=true \
                url=http://192.0.2.10:8069/checkin/4711/preseed.cfg console=ttyS0 foo=a;b
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-installer/amd64/grub/grub.cfg", "grub/x86_64-efi/grub.cfg", "grub.cfg-01-52-54"})
    void shouldAnswerAnyNameThatGrubTries(String name) {
        assertThat(LoaderConfiguration.of(name, BOOT, SOURCES, Optional.empty()).orElseThrow())
                .contains("linux /debian-installer/amd64/linux auto=true")
                .contains("initrd /debian-installer/amd64/initrd.gz")
                .contains(" 'foo=a;b'");
    }

    @Test
    void shouldMakeAScriptForIpxe() {
        assertThat(LoaderConfiguration.of("boot.ipxe", BOOT, SOURCES, Optional.empty())
                        .orElseThrow())
                .startsWith("#!ipxe\n")
                .contains("set base http://192.0.2.10:8069/boot/4711\n")
                .contains("${base}/debian-installer/amd64/linux initrd=initrd auto=true");
    }

    @Test
    void shouldAskInEveryLoadersOwnWayAndGoToTheDiskWithoutAnAnswer() {
        assertThat(LoaderConfiguration.of("pxelinux.cfg/default", BOOT, SOURCES, QUESTION)
                        .orElseThrow())
                .contains("default local\nsay ", "boot debian@12", "prompt 1\ntimeout 300\n")
                .contains("label local\n  localboot 0\nlabel pxemesh\n  kernel /debian-installer")
                .doesNotContain("prompt 0");
        assertThat(LoaderConfiguration.of("grub.cfg", BOOT, SOURCES, QUESTION).orElseThrow())
                .startsWith(
                        "set timeout=30\nset default=0\nmenuentry 'Start from the disk' {\n  exit\n}\nmenuentry 'Boot debian@12' {\n");
        assertThat(LoaderConfiguration.of("boot.ipxe", BOOT, SOURCES, QUESTION).orElseThrow())
                .startsWith("#!ipxe\nprompt --key p --timeout 10000 Press p to boot debian@12 || goto poll\n")
                .contains(
                        ":poll\nchain --replace --timeout 15000 http://192.0.2.10:8069/boot/4711/ask/20/boot.ipxe ||\n");
        assertThat(BootQuestion.secondsLeft("ask/20/boot.ipxe")).hasValue(20);
        assertThat(BootQuestion.secondsLeft("ask/12345/boot.ipxe")).isEmpty();
        assertThat(BootQuestion.secondsLeft("boot.ipxe")).isEmpty();
    }

    /** A script that asked iPXE for next-server would get the DHCP server's; ours names the peer. */
    @Test
    void Q59_shouldNotAskIpxeWhoServes() {
        assertThat(LoaderConfiguration.of("boot.ipxe", BOOT, SOURCES, Optional.empty())
                        .orElseThrow())
                .doesNotContain("next-server", "${filename}")
                .contains("http://192.0.2.10:8069/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "grub.cfg/x", "my-grub.cfg", "pxelinux.0", "pxelinux.cfg", "autoexec.ipxe"})
    void shouldLeaveOtherFilesAlone(String name) {
        assertThat(LoaderConfiguration.of(name, BOOT, SOURCES, Optional.empty()))
                .isEmpty();
    }

    @Test
    void shouldRefuseArgumentsThatWouldWriteLines() {
        assertThatThrownBy(() -> new LinuxBoot("linux", "initrd", List.of("a=1\nkernel /evil")))
                .hasMessageContaining("kernel argument");
        assertThatThrownBy(() -> new LinuxBoot("linux", "initrd", List.of("a='")))
                .hasMessageContaining("kernel argument");
    }
}
