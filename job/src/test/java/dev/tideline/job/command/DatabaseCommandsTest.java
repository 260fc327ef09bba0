package dev.tideline.job.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatabaseCommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter error = new StringWriter();
    private Path config;

    @BeforeEach
    void pointToNowhere() throws IOException {
        config = Files.writeString(folder.resolve("tideline.yaml"), """
                kafka: { bootstrap: "localhost:1" }
                database: { url: "jdbc:postgresql://localhost:1/nowhere", password: hush }
                keys: { master: hush }
                """);
    }

    private int run(String... arguments) {
        CommandLine line = TidelineCommand.commandLine();
        return line.setErr(new PrintWriter(error, true))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    @Test
    void saysInOneLineThatTheDatabaseIsAway() {
        assertThat(run("maintain", "--config", config.toString(), "--exports", folder.toString()))
                .isEqualTo(2);
        assertThat(error.toString().strip())
                .startsWith("tideline: PostgreSQL: Connection to localhost:1 refused.")
                .contains("SQLState 08001")
                .doesNotContain("hush")
                .hasLineCount(1);
    }

    @Test
    void saysTheSameOfMigrations() {
        assertThat(run("migrate", "--config", config.toString())).isEqualTo(2);
        assertThat(error.toString().strip())
                .startsWith("tideline: PostgreSQL: Connection to localhost:1 refused.")
                .hasLineCount(1);
    }

    @Test
    void saysTheSameOfMemberships() {
        assertThat(run("memberships", "--config", config.toString())).isEqualTo(2);
        assertThat(error.toString().strip())
                .startsWith("tideline: PostgreSQL: Connection to localhost:1 refused.")
                .hasLineCount(1);
    }

    @Test
    void printsMembershipsOrPublishesThem() {
        assertThat(run("memberships", "--config", config.toString(), "--stdout", "--topic", "elsewhere"))
                .isEqualTo(2);
        assertThat(error.toString()).contains("--topic=NAME, --stdout are mutually exclusive");
    }

    @Test
    void keepsAtLeastAMonth() {
        assertThat(run("maintain", "--config", config.toString(), "--exports", folder.toString(), "--keep", "0"))
                .isEqualTo(2);
        assertThat(error.toString()).contains("--keep must be at least 1");
    }
}
