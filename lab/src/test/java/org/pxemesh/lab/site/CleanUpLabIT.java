package org.pxemesh.lab.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.lab.run.Shell;
import org.pxemesh.lab.run.Traces;

class CleanUpLabIT {
    private static final String NOBODY = "2000000000@1970-01-01T00:00:00Z";

    @TempDir
    Path folder;

    @Test
    void shouldRemoveASiteOfAKilledRunAndNothingElse() throws IOException {
        // Given a bystander, and a site whose run was killed
        String bystander = "pxm-bystander";
        Shell.run("ip", "netns", "add", bystander);
        String routes = Shell.run("ip", "route");
        Path journals = folder.resolve("journals");
        Traces traces = Traces.open(journals, "dead");
        try {
            Site site = Site.make("dead", Subnets.free(), folder.resolve("site"), traces);
            DhcpServer.DNSMASQ.startIn(site);
            Namespace pc = site.officePc("pc1");
            assertThat(site.addressOf(pc)).startsWith("10.");
            Path journal = journals.resolve("dead.journal");
            List<String> lines = Files.readAllLines(journal);
            assertThat(lines.getFirst()).startsWith("owner ");
            Files.write(
                    journal,
                    lines.stream()
                            .map(line -> line.startsWith("owner ") ? "owner " + NOBODY : line)
                            .toList());

            // When
            Traces.sweep(journals);

            // Then
            assertThat(Shell.run("ip", "netns")).contains(bystander).doesNotContain("pxm-dead-");
            assertThat(Shell.run("ip", "link")).doesNotContain("pxm-dead-");
            assertThat(Shell.run("ip", "route")).isEqualTo(routes);
            assertThat(Shell.attempt("pgrep", "-f", site.folder().toString()).output())
                    .as("processes of the site")
                    .isBlank();
        } finally {
            traces.close();
            Shell.run("ip", "netns", "delete", bystander);
        }
    }
}
