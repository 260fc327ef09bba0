package dev.tideline.job.rules;

import dev.tideline.patterns.rule.RuleReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is looked at again and again. A file counts as it was seen twice in a row: so none is read half written, and
 * one that an editor replaces does not seem to be gone. Compares content, not times: those may be as coarse as a second. For
 * one thread.
 */
final class Folder {
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** More than any rule text may have; what is longer is cut, and refused for its length. */
    private static final int MOST_BYTES = 5 << 20;

    private final Path path;
    private Map<String, byte[]> before = Map.of();
    private boolean seen;
    private boolean away;

    Folder(Path path) {
        this.path = path;
    }

    /** What stands still since the last look; null at the first look, or where the folder cannot be read. */
    @Nullable
    FolderView look() {
        Map<String, byte[]> now;
        try {
            now = files();
        } catch (IOException unreadable) {
            if (!away) {
                LOG.warn("The folder of rules cannot be read; the rules stay as they are. {}", unreadable.toString());
            }
            away = true;
            seen = false;
            return null;
        }
        away = false;
        FolderView view = seen ? compare(now) : null;
        before = now;
        seen = true;
        return view;
    }

    private FolderView compare(Map<String, byte[]> now) {
        Map<String, byte[]> still = new TreeMap<>(now);
        Set<String> moving = new TreeSet<>(now.keySet());
        moving.addAll(before.keySet());
        moving.removeIf(name -> Arrays.equals(before.get(name), now.get(name)));
        still.keySet().removeAll(moving);
        return new FolderView(still, moving);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : RuleReader.files(path)) {
            try (InputStream in = Files.newInputStream(file)) {
                files.put(path.relativize(file).toString(), in.readNBytes(MOST_BYTES));
            }
        }
        return files;
    }
}
