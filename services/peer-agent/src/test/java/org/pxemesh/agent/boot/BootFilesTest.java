package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.content.PackageId;
import org.pxemesh.events.BootDescriptor;
import org.pxemesh.events.LoaderState;
import org.pxemesh.events.PackageKind;
import org.pxemesh.policy.BootPlan;

class BootFilesTest {

    @TempDir
    private Path tree;

    private BootFiles files;
    private BootSession session;

    @BeforeEach
    void makeTree() throws IOException {
        for (String path : List.of(
                "pxelinux.0", "amd64/linux", "amd64/initrd.gz", "screens/ldlinux.c32", "pxelinux.cfg/default", "x")) {
            Files.createDirectories(tree.resolve(path).getParent());
            Files.writeString(tree.resolve(path), "content of " + path);
        }
        BootDescriptor boot = new BootDescriptor(
                PackageKind.LINUX_NETBOOT,
                List.of(new LoaderState(
                        "bios", "pxelinux.0", List.of(), "amd64/linux", "amd64/initrd.gz", List.of(), false)));
        files = new BootFiles(
                new DirectoryStore(tree, new PackageId("debian", "12"), boot), new BootAddresses("192.0.2.10", 8069));
        BootPlan plan = Plans.linux("console=ttyS0");
        session = new BootSessions(new UUID(7, 7)).discovered("52:54:00:00:00:01", 1, plan, false, 0);
    }

    @Test
    void Q91_shouldFindAFileHoweverItIsSpelt() throws IOException {
        for (String name : List.of("amd64/linux", "/amd64/linux", "\\AMD64\\Linux", "//amd64//linux")) {
            assertThat(files.find(session, name)).get().isInstanceOfSatisfying(ServedFile.OnDisk.class, found -> {
                assertThat(found.path()).isEqualTo("amd64/linux");
                assertThat(found.location()).hasContent("content of amd64/linux");
            });
        }
    }

    @Test
    void shouldMakeTheLoadersConfigurationInsteadOfServingTheTrees() {
        assertThat(files.find(session, "pxelinux.cfg/default"))
                .get()
                .isInstanceOfSatisfying(
                        ServedFile.Made.class,
                        made -> assertThat(new String(made.content(), StandardCharsets.UTF_8))
                                .contains("kernel /amd64/linux")
                                .contains("url=http://192.0.2.10:8069/checkin/" + session.token() + "/preseed.cfg")
                                .contains("console=ttyS0"));
    }

    /** No boot program but PXELINUX itself stands in it: one that is iPXE again would begin anew, over and over. */
    @Test
    void shouldMakeAScriptThatLoadsLinuxInPxelinuxsPlaceAndFallsBackToIt() {
        assertThat(files.find(session, "boot.ipxe"))
                .get()
                .isInstanceOfSatisfying(
                        ServedFile.Made.class,
                        made -> assertThat(new String(made.content(), StandardCharsets.UTF_8))
                                .contains("${base}/amd64/linux initrd=initrd ", "${base}/amd64/initrd.gz ||")
                                .contains("boot kernel || goto loader\n")
                                .contains("chain tftp://192.0.2.10/pxelinux.0 || goto local\n")
                                .containsOnlyOnce("chain "));
    }

    @Test
    void shouldFindALoadersCompanionBesideIt() {
        assertThat(files.find(session, "ldlinux.c32")).map(ServedFile::path).contains("screens/ldlinux.c32");
        assertThat(files.find(session, "amd64/ldlinux.c32"))
                .map(ServedFile::path)
                .contains("screens/ldlinux.c32");
    }

    @Test
    void shouldRefuseWhatIsNotInThePlan() {
        assertThat(files.find(session, "x")).isEmpty();
        assertThat(files.find(session, "missing")).isEmpty();
        assertThat(files.find(session, "../amd64/linux")).isEmpty();
        assertThat(files.find(session, "")).isEmpty();
    }
}
