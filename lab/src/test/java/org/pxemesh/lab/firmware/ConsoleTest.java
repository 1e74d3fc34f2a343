package org.pxemesh.lab.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTest {

    @Test
    void shouldReadATextThatWasPaintedLetterByLetter() {
        assertThat(Console.plain(
                        "\u001b[2J\u001b[01;01H\u001b[=3h\u001b[0m\u001b[37;40mG\u001b[0mR\u001b(BUB\r\n\r\ngrub> "))
                .isEqualTo("GRUB\ngrub> ");
    }

    @Test
    void shouldShowTheLineAroundAPlace() {
        String text = "one\n  two three \nfour";

        assertThat(Console.lineAt(text, text.indexOf("three"))).isEqualTo("two three");
        assertThat(Console.lineAt(text, text.indexOf("four"))).isEqualTo("four");
    }

    @Test
    void shouldShowThePlaceItselfOfAScreenThatWasPaintedWithoutLineEnds() {
        String text = "x".repeat(500) + " net0: using undionly " + "y".repeat(500);

        assertThat(Console.lineAt(text, text.indexOf("using undionly")))
                .contains("using undionly")
                .hasSizeLessThanOrEqualTo(160);
    }
}
