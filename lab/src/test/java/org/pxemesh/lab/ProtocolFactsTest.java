package org.pxemesh.lab;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The statements about firmware (Q1 to Q114), by which tests are named: each has a test that bears its id, or stands here
 * with the reason why it has none.
 */
class ProtocolFactsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String NOT_OURS = "nothing that a server can do: ";

    private static final Map<String, String> UNTESTED = Map.ofEntries(
            entry("Q8", "a package has one boot image for BIOS; none is chosen by the processor that option 93 claims"),
            entry("Q30", NOT_OURS + "old EDK2 keeps no proxy packet; to be told to the administrator"),
            entry("Q42", NOT_OURS + "EDK2 builds that forbid plain HTTP"),
            entry("Q44", "loader configurations carry IP literals only; LoaderConfigurationTest, without the id"),
            entry("Q45", "the policy is decided per client and transport; there are no per-host file names"),
            entry("Q54b", "a property of iPXE; its model has no queue (IpxeRule)"),
            entry("Q58", NOT_OURS + "iPXE waits for a blocked link"),
            entry("Q64", "the loader is chosen by the package"),
            entry("Q74", "peers answer on their own segment only"),
            entry("Q93", "both names are files of the package's folder; nothing is derived"),
            entry("Q96b", "the kernel's ICMP, not a packet of ours; the boot address is not built yet"),
            entry("Q98b", "the package's: a ConfigMgr boot image without its variables is warned about"),
            entry("Q110", "DHCP carries no Secure Boot state: there is nothing to decide upon"),
            entry("Q113", "the package's: secrets are reported at import"),
            entry("Q114", NOT_OURS + "PXE is not secure; manifests are signed"));

    @Test
    void shouldTestEveryStatementOrSayWhyNot() throws IOException {
        Set<String> tested = tested();
        Set<String> open = new TreeSet<>(statements().toList());
        open.removeAll(tested);

        assertThat(open)
                .as("a statement needs a test named Qnn_should..., or its reason in UNTESTED of this class")
                .isSubsetOf(UNTESTED.keySet());
    }

    @Test
    void shouldGiveNoReasonForAStatementThatIsTested() throws IOException {
        assertThat(UNTESTED.keySet())
                .as("these have a test by now: remove them from UNTESTED")
                .doesNotContainAnyElementsOf(tested());
    }

    /** The ids of the collection; some numbers were never given. */
    private static Stream<String> statements() {
        List<IntStream> ranges = List.of(
                IntStream.rangeClosed(1, 11),
                IntStream.rangeClosed(20, 45),
                IntStream.rangeClosed(50, 64),
                IntStream.rangeClosed(70, 76),
                IntStream.rangeClosed(80, 100),
                IntStream.rangeClosed(110, 114));
        return Stream.concat(
                ranges.stream().flatMapToInt(r -> r).mapToObj(n -> "Q" + n), Stream.of("Q54b", "Q96b", "Q98b"));
    }

    private static Set<String> tested() throws IOException {
        Set<String> ids = new TreeSet<>();
        Pattern method = Pattern.compile("void ((?:Q\\d+b?_)+)|And(Q\\d+b?)_");
        Pattern id = Pattern.compile("Q\\d+b?");
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(f -> f.toString().matches(".*/src/test/java/.*Test\\.java|.*IT\\.java"))
                    .toList()) {
                Matcher names = method.matcher(Files.readString(file));
                while (names.find()) {
                    Matcher each = id.matcher(names.group());
                    while (each.find()) {
                        ids.add(each.group());
                    }
                }
            }
        }
        return ids;
    }
}
