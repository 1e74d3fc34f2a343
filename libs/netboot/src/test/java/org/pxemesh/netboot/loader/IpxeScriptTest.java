package org.pxemesh.netboot.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Scripts, run by a model of the few commands of iPXE that they use. */
class IpxeScriptTest {

    private static final String A = "http://192.0.2.10:8069/boot/1";
    private static final String B = "http://192.0.2.11:8069/boot/1";
    private static final String C = "http://192.0.2.12:8069/boot/1";

    private static String script(String... sources) {
        return new IpxeScript(List.of(sources))
                .fetch("kernel", "kernel", "linux", "initrd=initrd quiet")
                .fetch("initrd", "initrd", "initrd.gz", "")
                .boot("kernel");
    }

    @Test
    void shouldFetchAllFromTheFirstPeerThatWorks() {
        Ran ran = run(script(A, B, C), address -> true);

        assertThat(ran.ended).isEqualTo("boot kernel");
        assertThat(ran.fetched).containsExactly(A + "/linux", A + "/initrd.gz");
    }

    @Test
    void shouldGoOnAtTheNextPeerWithTheFileThatFailed() {
        Ran ran = run(script(A, B, C), address -> !address.equals(A + "/initrd.gz"));

        assertThat(ran.ended).isEqualTo("boot kernel");
        assertThat(ran.fetched).containsExactly(A + "/linux", A + "/initrd.gz", B + "/initrd.gz");
    }

    @Test
    void shouldPassOverDeadPeers() {
        Ran ran = run(script(A, B, C), address -> address.startsWith(C) || address.equals("kernel"));

        assertThat(ran.ended).isEqualTo("boot kernel");
        assertThat(ran.fetched).containsExactly(A + "/linux", B + "/linux", C + "/linux", C + "/initrd.gz");
    }

    @Test
    void shouldTryAPeerAgainThatComesBack() {
        List<String> asked = new ArrayList<>();
        Ran ran = run(script(A, B), address -> {
            asked.add(address);
            return asked.size() > 3;
        });

        assertThat(ran.ended).isEqualTo("boot kernel");
        assertThat(ran.slept).isEqualTo(1);
    }

    @Test
    void shouldGoToTheDiskAfterThreeRounds() {
        Ran ran = run(script(A, B), address -> false);

        assertThat(ran.ended).isEqualTo("exit 1");
        assertThat(ran.fetched).hasSize(6);
        assertThat(ran.slept).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithALoaderWhereItIsToldOfOneAndNobodyGivesAFile() {
        String text = withLoader();

        Ran ran = run(text, address -> address.startsWith("tftp:"));

        assertThat(ran.fetched).hasSize(3).containsOnly(A + "/linux");
        assertThat(ran.ended).isEqualTo("chain tftp://192.0.2.10/boot/pxelinux.0");
        assertThat(text).contains("set 210:string 192.0.2.10::boot/\nchain ");
    }

    @Test
    void shouldStartTheKernelItselfWhereItGetsOneAlsoWhenToldOfALoader() {
        assertThat(run(withLoader(), address -> true).ended).isEqualTo("boot kernel");
    }

    @Test
    void shouldGoOnWithTheLoaderWhenTheKernelDoesNotStart() {
        Ran ran = run(withLoader(), address -> !address.equals("kernel"));

        assertThat(ran.ended).isEqualTo("chain tftp://192.0.2.10/boot/pxelinux.0");
    }

    @Test
    void shouldGoToTheDiskWhenTheLoaderIsGoneToo() {
        assertThat(run(withLoader(), address -> false).ended).isEqualTo("exit 1");
    }

    private static String withLoader() {
        return new IpxeScript(List.of(A))
                .fetch("kernel", "kernel", "linux", "initrd=initrd quiet")
                .fetch("initrd", "initrd", "initrd.gz", "")
                .orPxelinux("192.0.2.10", "boot/pxelinux.0")
                .boot("kernel");
    }

    @Test
    void shouldRefuseToFetchFromNobody() {
        assertThatThrownBy(() -> new IpxeScript(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpxeScript(List.of("http://x/\nexit")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** How a script went. */
    private record Ran(String ended, List<String> fetched, int slept) {}

    private static Ran run(String text, Predicate<String> gives) {
        List<String> lines = text.lines().toList();
        Map<String, String> settings = new HashMap<>();
        List<String> fetched = new ArrayList<>();
        int slept = 0;
        int at = 1;
        for (int steps = 0; steps < 1_000; steps++) {
            String line = lines.get(at++);
            String[] alternatives = line.split(" \\|\\| ");
            for (String command : alternatives) {
                String[] words = expanded(command, settings).split(" ");
                boolean ok = true;
                switch (words[0]) {
                    case "set" -> settings.put(words[1], words[2]);
                    case "goto" -> at = lines.indexOf(":" + words[1]);
                    case "sleep" -> slept++;
                    case "kernel", "initrd" -> {
                        fetched.add(words[5]);
                        ok = gives.test(words[5]);
                    }
                    case "boot", "chain", "exit" -> {
                        ok = words[0].equals("exit") || gives.test(words[1]);
                        if (ok) {
                            return new Ran(String.join(" ", words), fetched, slept);
                        }
                    }
                    default -> assertThat(words[0]).matches("echo|:.*");
                }
                if (ok) {
                    break;
                }
            }
        }
        throw new AssertionError("the script does not end:\n" + text);
    }

    private static String expanded(String command, Map<String, String> settings) {
        return Pattern.compile("\\$\\{(\\w+)}")
                .matcher(command)
                .replaceAll(name -> Matcher.quoteReplacement(settings.getOrDefault(name.group(1), "")));
    }
}
