package dev.tideline.job.demo;

import dev.tideline.job.privacy.MasterKey;
import dev.tideline.job.settings.Secret;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps everything: the data of broker, database and job, the master key, and notes on how far it came. One
 * demo at a time has it. Thread-safe.
 */
final class DemoFolder implements AutoCloseable {
    private final Path path;
    private final boolean kept;
    private final FileChannel lockFile;
    private final Properties notes = new Properties();

    private DemoFolder(Path path, boolean kept, FileChannel lockFile) {
        this.path = path;
        this.kept = kept;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder.
     *
     * @param kept made if it is missing; null takes a fresh one, which {@link #close} deletes
     * @throws RefusedStartException if it cannot be used
     */
    static DemoFolder take(@Nullable Path kept) throws RefusedStartException {
        try {
            Path path = kept == null
                    ? Files.createTempDirectory("tideline-demo-")
                    : Files.createDirectories(kept.toAbsolutePath());
            FileChannel lockFile =
                    FileChannel.open(path.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(lockFile)) {
                lockFile.close();
                throw new RefusedStartException("--data-dir: another demo is using " + path);
            }
            DemoFolder folder = new DemoFolder(path, kept != null, lockFile);
            folder.readNotes();
            return folder;
        } catch (IOException unusable) {
            throw new RefusedStartException("--data-dir: cannot be used: " + unusable.getMessage());
        }
    }

    Path path() {
        return path;
    }

    boolean isKept() {
        return kept;
    }

    /** What was noted under the name, in this run or an earlier one. */
    synchronized @Nullable String noted(String name) {
        return notes.getProperty(name);
    }

    synchronized long noted(String name, long otherwise) {
        return Long.parseLong(notes.getProperty(name, Long.toString(otherwise)));
    }

    /** Notes something that outlives this process. */
    synchronized void note(String name, Object value) {
        notes.setProperty(name, value.toString());
        Path fresh = path.resolve("notes.properties.new");
        try {
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                notes.store(writer, null);
            }
            Files.move(fresh, notesFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write to " + path, unwritable);
        }
    }

    /** The master key of this folder's data; made when first asked for, and readable by its owner alone. */
    Secret masterKey() throws IOException {
        Path file = path.resolve("master-key.json");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, MasterKey.generate().value());
        }
        return new Secret(Files.readString(file));
    }

    Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** The newest checkpoint that the job left here. */
    Optional<Path> latestCheckpoint() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(checkpoints(), 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
        if (!kept) {
            delete();
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isTaken(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    private void readNotes() throws IOException {
        if (Files.exists(notesFile())) {
            try (Reader reader = Files.newBufferedReader(notesFile())) {
                notes.load(reader);
            }
        }
    }

    private Path notesFile() {
        return path.resolve("notes.properties");
    }
}
