package dev.tideline.job.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL in a process of its own, for the demo and for tests.
 *
 * <p>Its data stay in their directory: started there again, on the same port, it has them still, also after this JVM was
 * killed and left the old process behind. Not thread-safe.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Duration STOPPING = Duration.ofSeconds(30);

    private final Path directory;
    private final boolean durable;
    private int port;
    private @Nullable EmbeddedPostgres running;

    private EmbeddedPostgresServer(Path directory, int port, boolean durable) {
        this.directory = directory;
        this.port = port;
        this.durable = durable;
    }

    /**
     * Starts a server.
     *
     * @param directory where its data are or will be
     * @param port to listen on; 0 for a free one
     * @param durable whether it waits for the disk at each commit ({@code fsync}): slower, and what a test of durability
     *     needs
     * @throws IOException if it does not start
     */
    public static EmbeddedPostgresServer start(Path directory, int port, boolean durable) throws IOException {
        EmbeddedPostgresServer server = new EmbeddedPostgresServer(directory, port, durable);
        server.start();
        return server;
    }

    /** Starts it again, on the port it had. Does nothing if it runs. */
    public void start() throws IOException {
        if (running != null) {
            return;
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPGStartupWait(STARTING)
                .setServerConfig("fsync", durable ? "on" : "off")
                .setServerConfig("synchronous_commit", durable ? "on" : "off")
                .setServerConfig("timezone", "UTC");
        if (port != 0) {
            builder.setPort(port);
        }
        EmbeddedPostgres started = builder.start();
        port = started.getPort();
        running = started;
    }

    /** Stops it; whoever is connected is cut off. Does nothing if it does not run. */
    public void stop() throws IOException {
        if (running != null) {
            Optional<ProcessHandle> process = process();
            running.close();
            running = null;
            process.ifPresent(EmbeddedPostgresServer::awaitEnd);
        }
    }

    private Optional<ProcessHandle> process() throws IOException {
        Path file = directory.resolve("postmaster.pid");
        return Files.exists(file)
                ? ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).get(0).strip()))
                : Optional.empty();
    }

    // Asked to stop, the server is waited for by its library for some seconds only; a busy disk takes longer.
    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().orTimeout(STOPPING.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException stuck) {
            process.destroyForcibly();
        }
    }

    /** Where to connect, as user {@link #user()} without a password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** The user who owns everything. */
    public String user() {
        return "postgres";
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
