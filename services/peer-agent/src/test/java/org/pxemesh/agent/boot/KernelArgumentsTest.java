package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelArgumentsTest {

    private static final String CHECK_IN = "http://192.0.2.10:8069/checkin/1";

    @Test
    void shouldAskForTheCheckInBeforeWhatIsGiven() {
        List<String> arguments = KernelArguments.of(List.of("---", "quiet"), CHECK_IN);

        assertThat(arguments).contains("url=" + CHECK_IN + "/preseed.cfg").endsWith("---", "quiet");
    }

    @Test
    void shouldLetWhatIsGivenGoBeforeOurs() {
        List<String> arguments = KernelArguments.of(List.of("url=http://x/my.cfg", "hostname=pc42"), CHECK_IN);

        assertThat(arguments)
                .contains("url=http://x/my.cfg", "hostname=pc42")
                .doesNotContain("hostname=boot", "url=" + CHECK_IN + "/preseed.cfg");
    }

    @Test
    void shouldPutTheCheckInWhereItIsWanted() {
        assertThat(KernelArguments.of(List.of("inst.ks=${checkin}/ks.cfg"), CHECK_IN))
                .endsWith("inst.ks=" + CHECK_IN + "/ks.cfg");
    }

    @Test
    void shouldTellWhatAnIpxeScriptWouldNotHandOnAsItIs() {
        assertThat(KernelArguments.isPlainInScripts(List.of("console=ttyS0", "url=${checkin}/x", "foo=a;b")))
                .isTrue();
        for (String word : List.of("root=${net0/ip}", "||", "&&", "a|b", "#x", "path=C:\\x")) {
            assertThat(KernelArguments.isPlainInScripts(List.of("quiet", word)))
                    .as(word)
                    .isFalse();
        }
    }
}
