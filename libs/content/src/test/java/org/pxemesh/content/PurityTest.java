package org.pxemesh.content;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PurityTest {

    @Test
    void shouldDecideAndNeverAct() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.vertx..",
                        "io.netty..",
                        "org.apache.kafka..",
                        "org.jgroups..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.net..",
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .because(
                        "libraries decide and services act: the same decision must be testable, and replayable, without"
                                + " a clock, a thread, a disk or a socket")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.pxemesh.content"));
    }
}
