package org.pxemesh.netboot.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WimbootScriptTest {

    private static final WimbootScript SCRIPT =
            new WimbootScript(List.of("http://192.0.2.10:8069/boot/1"), "tools/wimboot");

    @Test
    void shouldNameStorePartitionAndImage() {
        assertThat(SCRIPT.text(Optional.empty(), true)).contains("""
                :file0
                set step file0
                kernel --timeout 15000 --name wimboot ${base}/tools/wimboot || goto ${next}
                :file1
                set step file1
                initrd --timeout 15000 --name bootmgr.exe ${base}/bootmgr.exe bootmgr.exe || goto ${next}
                :file2
                set step file2
                initrd --timeout 15000 --name BCD ${base}/Boot/BCD BCD || goto ${next}
                :file3
                set step file3
                initrd --timeout 15000 --name boot.sdi ${base}/Boot/boot.sdi boot.sdi || goto ${next}
                :file4
                set step file4
                initrd --timeout 15000 --name boot.wim ${base}/Boot/boot.wim boot.wim || goto ${next}
                boot wimboot || goto local
                """);
    }

    @Test
    void shouldAskFirstWhenToldTo() {
        assertThat(SCRIPT.text(Optional.of(new BootQuestion("winpe@1", 7)), false))
                .startsWith("#!ipxe\nprompt --key p --timeout 7000 Press p to boot winpe@1 || goto local\n")
                .doesNotContain(":poll")
                .doesNotContain("bootmgr.exe");
    }

    @Test
    void shouldRefuseWordsThatWouldBecomeCommands() {
        assertThatThrownBy(() -> new WimbootScript(List.of("http://x"), "a\nchain http://evil/"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BootQuestion("${net0/mac}", 15)).isInstanceOf(IllegalArgumentException.class);
    }
}
