package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NetasciiTest {

    @Test
    void Q95_shouldEndLinesAsTerminalsDo() {
        assertThat(encoded("default linux\nprompt 0\n")).isEqualTo("default linux\r\nprompt 0\r\n");
    }

    @Test
    void Q95_shouldMarkALoneCarriageReturn() {
        assertThat(encoded("a\rb\r\n")).isEqualTo("a\r\0b\r\0\r\n");
    }

    @Test
    void Q95_shouldLeaveTheRestAlone() {
        assertThat(encoded("")).isEmpty();
        assertThat(encoded("\u00e9\t\0x")).isEqualTo("\u00e9\t\0x");
    }

    private static String encoded(String text) {
        return new String(Netascii.encode(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }
}
