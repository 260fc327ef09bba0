package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder count, and when. */
final class FolderTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void firstLook() throws IOException {
        write("a.yaml", "one");
        folder = new Folder(path);
        assertThat(folder.look()).isNull();
    }

    @Test
    void aFileCountsWhenItWasSeenTwice() throws IOException {
        assertThat(look().files()).containsOnlyKeys("a.yaml");

        write("a.yaml", "two");
        assertThat(look()).satisfies(view -> {
            assertThat(view.files()).isEmpty();
            assertThat(view.moving()).containsExactly("a.yaml");
        });
        assertThat(new String(look().files().get("a.yaml"), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("two");
    }

    @Test
    void aFileIsGoneWhenItWasMissedTwice() throws IOException {
        look();
        Files.delete(path.resolve("a.yaml"));
        assertThat(look().moving()).containsExactly("a.yaml");
        assertThat(look().moving()).isEmpty();
        assertThat(look().files()).isEmpty();
    }

    @Test
    void aFileThatGrowsDoesNotCountYet() throws IOException {
        for (int length = 1; length < 5; length++) {
            write("b.json", "x".repeat(length));
            assertThat(look().files()).doesNotContainKey("b.json");
        }
        assertThat(look().files()).containsKey("b.json");
    }

    @Test
    void foldersInsideCountAndHiddenOnesDoNot() throws IOException {
        write("inside/b.yml", "b");
        write("inside/notes.txt", "notes");
        write(".hidden/c.yaml", "c");
        write(".d.yaml", "d");
        look();

        assertThat(look().files())
                .containsOnlyKeys("a.yaml", Path.of("inside", "b.yml").toString());
    }

    @Test
    void aFolderThatIsAwaySaysNothingUntilItWasSeenTwiceAgain() throws IOException {
        Path elsewhere = path.resolveSibling(path.getFileName() + "-elsewhere");
        Files.move(path, elsewhere);
        assertThat(folder.look()).isNull();

        Files.move(elsewhere, path);
        assertThat(folder.look()).isNull();
        assertThat(look().files()).containsOnlyKeys("a.yaml");
    }

    private FolderView look() {
        FolderView view = folder.look();
        assertThat(view).isNotNull();
        return java.util.Objects.requireNonNull(view);
    }

    private void write(String name, String text) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
