package dev.tideline.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the jar, and what a cluster has itself and must not find a second time. */
class JobJarITCase {

    @Test
    void holdsNothingOfFlinkButTheConnectorsThatNoClusterHas() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.startsWith("org/apache/flink/") && name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("org/apache/flink/connector/kafka/")
                        || name.startsWith("org/apache/flink/streaming/connectors/kafka/")
                        || name.startsWith("org/apache/flink/connector/jdbc/")
                        // The connector has one class outside its own folders.
                        || name.endsWith("/JSONKeyValueDeserializationSchema.class"));
    }

    @Test
    void bringsNoLoggingNoBrokerAndNoDatabase() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.endsWith(".class") || name.endsWith(".properties"))
                .noneMatch(name -> name.startsWith("org/slf4j/")
                        || name.startsWith("org/apache/logging/")
                        || name.startsWith("org/apache/log4j/")
                        || name.startsWith("ch/qos/")
                        || name.startsWith("log4j2")
                        || (name.startsWith("kafka/") && name.endsWith(".class"))
                        || name.startsWith("scala/")
                        || name.startsWith("io/zonky/")
                        || name.startsWith("org/junit/"));
    }

    @Test
    void bringsTheJobItsRulesItsMigrationsAndItsModels() throws IOException {
        assertThat(names())
                .contains(
                        "dev/tideline/job/Main.class",
                        "catalogue/segments.yaml",
                        "db/migration/V1__tables.sql",
                        "org/apache/flink/connector/kafka/sink/KafkaSink.class",
                        "META-INF/services/java.sql.Driver",
                        "META-INF/LICENSE")
                .anyMatch(name -> name.startsWith("edu/stanford/nlp/models/"));
    }

    @Test
    void holdsEachFileOnce() throws IOException {
        assertThat(names()).doesNotHaveDuplicates();
    }

    private static List<String> names() throws IOException {
        try (JarFile jar = new JarFile(JobJar.FILE.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }
}
