package org.pxemesh.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the keys in {@code docs/configuration.md} with those that the code reads. */
class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("^\\| `(pxemesh\\.[a-z0-9.-]+)` \\|.*");

    @Test
    void shouldListExactlyTheKeysThatTheCodeReads() throws IOException {
        Set<String> read = new TreeSet<>();
        for (JavaClass type : servicesClasses()) {
            if (type.isAnnotatedWith("io.smallrye.config.ConfigMapping")) {
                collect(prefix(type), type, read);
            }
        }

        Set<String> written = Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
                .map(ROW::matcher)
                .filter(m -> m.matches())
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(read).as("keys in @ConfigMapping interfaces").isNotEmpty();
        assertThat(written).isEqualTo(read);
    }

    private static void collect(String prefix, JavaClass mapping, Set<String> keys) {
        for (JavaMethod method : mapping.getMethods()) {
            if (method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)) {
                continue;
            }
            String key = prefix + "." + name(method);
            JavaClass type = method.getRawReturnType();
            if (type.isInterface() && type.getName().startsWith("org.pxemesh.")) {
                collect(key, type, keys);
            } else {
                keys.add(key);
            }
        }
    }

    private static String name(JavaMethod method) {
        return method.tryGetAnnotationOfType("io.smallrye.config.WithName")
                .map(ConfigurationPageTest::value)
                .orElseGet(() -> method.getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT));
    }

    private static String prefix(JavaClass type) {
        return type.getAnnotationOfType("io.smallrye.config.ConfigMapping")
                .get("prefix")
                .map(Object::toString)
                .orElseThrow();
    }

    private static String value(JavaAnnotation<?> annotation) {
        return annotation.get("value").map(Object::toString).orElseThrow();
    }

    private static JavaClasses servicesClasses() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("services"), 3)) {
            List<Path> targets = files.filter(f -> f.endsWith("target/classes")).toList();
            return new ClassFileImporter().importPaths(targets);
        }
    }
}
