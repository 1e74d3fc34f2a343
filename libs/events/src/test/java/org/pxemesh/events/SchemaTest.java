package org.pxemesh.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares records and checked-in schemas. After a change that is meant, {@code -Dpxemesh.schemas.write=true} writes
 * them anew; the difference is what reviewers look at.
 */
class SchemaTest {
    private static final Path FOLDER = Path.of("src/main/resources/org/pxemesh/events/schemas");
    private static final boolean WRITE = Boolean.getBoolean("pxemesh.schemas.write");
    private static final SchemaGenerator GENERATOR = generator();

    static Stream<String> types() {
        return EventType.all().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldMatchItsCheckedInSchema(String type) throws IOException {
        Path file = FOLDER.resolve(type + ".schema.json");
        String expected = schemaOf(type);

        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, expected);
        }

        assertThat(file).content().isEqualTo(expected);
    }

    @Test
    void shouldHaveNoSchemaWithoutARecord() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> names = files.map(f -> f.getFileName().toString())
                    .map(name -> name.replace(".schema.json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(names).isEqualTo(new TreeSet<>(EventType.all()));
        }
    }

    @Test
    void shouldDescribeEveryTopicInAsyncApi() throws IOException {
        Path file = Path.of("src/main/resources/org/pxemesh/events/asyncapi.json");
        String expected = AsyncApi.of(TopicCatalog.all());

        if (WRITE) {
            Files.writeString(file, expected);
        }

        assertThat(file).content().isEqualTo(expected);
    }

    private static String schemaOf(String type) throws IOException {
        JsonNode schema = GENERATOR.generateSchema(EventType.find(type).orElseThrow());
        ((ObjectNode) schema).put("title", type);
        return EventCodec.newMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(schema) + "\n";
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder builder =
                new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        builder.with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        builder.forFields()
                .withNullableCheck(field -> isNullable(field.getRawMember().getAnnotatedType()))
                .withRequiredCheck(field -> !isNullable(field.getRawMember().getAnnotatedType()))
                .withStringFormatResolver(
                        field -> field.getType().getErasedType() == Instant.class ? "date-time" : null);
        return new SchemaGenerator(builder.build());
    }

    private static boolean isNullable(java.lang.reflect.AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
