package org.pxemesh.netboot.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaitScriptTest {

    @Test
    void shouldAskEveryPeerTwiceAndLeaveAWayToTheDisk() {
        String script = new WaitScript(
                        List.of(
                                "http://192.0.2.10:8069/wait/bios/5/boot.ipxe",
                                "http://192.0.2.11:8069/wait/bios/5/boot.ipxe"),
                        "debian@12 is still on its way")
                .text();

        assertThat(script).isEqualTo("""
                #!ipxe
                echo debian@12 is still on its way
                prompt --key l --timeout 10000 Waiting. Press l to start from the disk instead && goto local || goto poll
                :poll
                chain --replace --timeout 15000 http://192.0.2.10:8069/wait/bios/5/boot.ipxe ||
                chain --replace --timeout 15000 http://192.0.2.11:8069/wait/bios/5/boot.ipxe ||
                sleep 10
                chain --replace --timeout 15000 http://192.0.2.10:8069/wait/bios/5/boot.ipxe ||
                chain --replace --timeout 15000 http://192.0.2.11:8069/wait/bios/5/boot.ipxe ||
                :local
                echo Going on to the next boot device
                exit 1
                """);
        assertThat(WaitScript.end("nothing to boot")).isEqualTo("#!ipxe\necho nothing to boot\nexit 1\n");
    }

    @Test
    void shouldRefuseWordsThatWouldBecomeCommands() {
        assertThatThrownBy(() -> new WaitScript(List.of("http://x/\nexit"), "wait"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WaitScript(List.of(), "wait || reboot"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
