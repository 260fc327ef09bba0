package dev.tideline.job.demo;

import dev.tideline.job.settings.Settings;
import dev.tideline.job.store.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the job stands on: the broker with its topics and the database with its schema. */
record Surroundings(EmbeddedKafka kafka, EmbeddedPostgresServer postgres) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
    private static final Map<String, String> BROKER = Map.of("transaction.max.timeout.ms", "3600000");
    private static final String KAFKA_PORT = "kafka-port";
    private static final String POSTGRES_PORT = "postgres-port";

    /** Starts both side by side, on the ports of the last time in this folder unless others are wanted. */
    static Surroundings start(DemoFolder folder, DemoOptions.Ports ports) {
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(() -> startKafka(folder, ports.kafka()));
        CompletableFuture<EmbeddedPostgresServer> postgres =
                CompletableFuture.supplyAsync(() -> startPostgres(folder, ports.postgres()));
        try {
            CompletableFuture.allOf(kafka, postgres).join();
            return new Surroundings(kafka.join(), postgres.join());
        } catch (CompletionException failed) {
            // Whichever did start must not stay behind.
            kafka.thenAccept(EmbeddedKafka::close);
            postgres.thenAccept(Surroundings::stop);
            throw failed;
        }
    }

    private static EmbeddedKafka startKafka(DemoFolder folder, int wanted) {
        int last = (int) folder.noted(KAFKA_PORT, 0);
        int port = wanted != 0 ? wanted : isFree(last) ? last : 0;
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.path().resolve("kafka"), port, BROKER);
        folder.note(KAFKA_PORT, kafka.bootstrap().substring(kafka.bootstrap().lastIndexOf(':') + 1));
        DemoTopics.create(kafka.bootstrap(), Settings.Topics.DEFAULT);
        return kafka;
    }

    private static EmbeddedPostgresServer startPostgres(DemoFolder folder, int wanted) {
        // The old port even if it is taken: it may be our own server, left behind by a process that was killed.
        int port = wanted != 0 ? wanted : (int) folder.noted(POSTGRES_PORT, 0);
        try {
            EmbeddedPostgresServer postgres =
                    EmbeddedPostgresServer.start(folder.path().resolve("postgres"), port, folder.isKept());
            folder.note(POSTGRES_PORT, postgres.port());
            Migrations.apply(postgres.jdbcUrl(), postgres.user(), "");
            return postgres;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether one can listen on the port. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    /** A port that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no free port", none);
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> kafkaStops = CompletableFuture.runAsync(kafka::close);
        stop(postgres);
        kafkaStops.join();
    }

    private static void stop(EmbeddedPostgresServer postgres) {
        try {
            postgres.close();
        } catch (IOException failed) {
            LOG.error("PostgreSQL did not stop: {}", failed.getMessage());
        }
    }
}
