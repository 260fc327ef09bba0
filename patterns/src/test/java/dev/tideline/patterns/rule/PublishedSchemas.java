package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON Schemas of rules, as others use them. */
final class PublishedSchemas {
    static final String BASE = "https://tideline.dev/schema/";

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(PublishedSchemas::text));

    private PublishedSchemas() {}

    /** What the schema of a kind of rule says against a document. */
    static List<Error> errors(String kind, String json) {
        Schema schema = SCHEMAS.getSchema(SchemaLocation.of(BASE + kind + ".schema.json"));
        return schema.validate(json, InputFormat.JSON);
    }

    /** What lies under a published address: the file of that name; nothing is fetched. */
    static String text(String address) {
        try (InputStream stream = PublishedSchemas.class.getResourceAsStream(address.replace(BASE, "/schema/"))) {
            assertThat(stream).as(address).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
