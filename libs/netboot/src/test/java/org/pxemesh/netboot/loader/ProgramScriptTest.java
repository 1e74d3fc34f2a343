package org.pxemesh.netboot.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramScriptTest {

    private static final List<String> SOURCES =
            List.of("http://192.0.2.10:8069/boot/1", "http://192.0.2.11:8069/boot/1");

    @Test
    void shouldAskBeforeItFetchesTheProgramFromWhoeverHasIt() {
        String text = new ProgramScript(SOURCES, "tools/tool.efi").text(new BootQuestion("tool@1", 7));

        assertThat(text)
                .startsWith("#!ipxe\nprompt --key p --timeout 7000 Press p to boot tool@1 || goto local\n")
                .contains("set base http://192.0.2.11:8069/boot/1\n")
                .contains("kernel --timeout 15000 --name program ${base}/tools/tool.efi || goto ${next}\n")
                .endsWith("boot program || goto local\n:local\necho Going on to the next boot device\nexit 1\n");
    }

    @Test
    void shouldRefuseAPathThatWouldBecomeACommand() {
        assertThatThrownBy(() -> new ProgramScript(SOURCES, "a\nshell")).isInstanceOf(IllegalArgumentException.class);
    }
}
