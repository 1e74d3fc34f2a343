package org.pxemesh.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, over the compiled classes of all rooms; each failure says why the rule is there. */
class HouseRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final JavaClasses LIBS = classesUnder("libs");
    private static final JavaClasses AGENT =
            new ClassFileImporter().importPath(ROOT.resolve("services/peer-agent/target/classes"));

    @Test
    void shouldKeepTheLibrariesPure() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "io.netty..",
                        "io.smallrye..",
                        "org.apache.kafka..",
                        "org.jgroups..",
                        "jakarta..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "java.net.http..")
                .because("libs/* decide with plain values and services act: a rule that needs a socket, a thread or a"
                        + " framework to be tested stands in the wrong room")
                .check(LIBS);
    }

    @Test
    void shouldGiveTheLibrariesTimeAndChanceAsArguments() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Datagram|Multicast|Server)?Socket(|Packet)")
                .because("a decision that reads a clock cannot be replayed: time and randomness come in as arguments")
                .check(LIBS);
    }

    @Test
    void shouldKeepTheLibrariesApartFromOneAnotherInCircles() {
        slices().matching("org.pxemesh.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a library that needs one that needs it is one library in two rooms")
                .check(LIBS);
    }

    @Test
    void shouldKeepOperatingSystemsInTheHostPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.pxemesh.agent.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel.epoll..", "io.netty.channel.unix..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .because("all that is specific to an operating system stands in org.pxemesh.agent.host, so that a new"
                        + " one is one new package")
                .check(AGENT);
    }

    @Test
    void shouldMarkEveryPackageForNullChecks() {
        List<JavaClasses> rooms = List.of(LIBS, AGENT, classesUnder("services"), classesUnder("cli"));

        for (JavaClasses room : rooms) {
            classes()
                    .that()
                    .resideInAPackage("org.pxemesh..")
                    .should()
                    .resideInAnyPackage(nullMarked(room))
                    .because("@NullMarked in package-info.java is what makes NullAway look at a package")
                    .allowEmptyShould(true)
                    .check(room);
        }
    }

    private static String[] nullMarked(JavaClasses room) {
        return room.stream()
                .filter(c -> c.getSimpleName().equals("package-info"))
                .filter(c -> c.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(c -> c.getPackageName())
                .toArray(String[]::new);
    }

    private static JavaClasses classesUnder(String room) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(room), 3)) {
            List<Path> targets = files.filter(f -> f.endsWith("target/classes")).toList();
            assertThat(targets).as("compiled classes under " + room).isNotEmpty();
            return new ClassFileImporter().importPaths(targets);
        } catch (IOException e) {
            throw new IllegalStateException("the rooms under " + ROOT + " cannot be read", e);
        }
    }
}
