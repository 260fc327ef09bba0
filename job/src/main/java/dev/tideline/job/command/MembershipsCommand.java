package dev.tideline.job.command;

import dev.tideline.job.emit.MembershipSnapshot;
import dev.tideline.job.emit.MembershipTopic;
import dev.tideline.job.emit.Wire;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.store.Memberships;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes who belongs to which segments now, for a reader of segment changes that begins. */
@Command(
        name = "memberships",
        description = "Publishes who belongs to which segments now, for a reader of segment changes that begins: one"
                + " CloudEvent a membership, keyed by user, all in one transaction, and at the end of each partition how"
                + " many there were. They are joined with the changes by user, segment and sequence.")
public final class MembershipsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private DatabaseAccess database;

    @Option(
            names = "--segment",
            paramLabel = "ID",
            description = "Only this segment; may be given more than once (default: all).")
    private List<String> segments = new ArrayList<>();

    @ArgGroup
    private @Nullable Destination destination;

    /** Where it goes; one of them. */
    private static final class Destination {
        @Option(
                names = "--topic",
                paramLabel = "NAME",
                description = "The topic (default: what kafka.topics.segment-memberships says).")
        private @Nullable String topic;

        @Option(names = "--stdout", description = "Print it, one JSON object a line, and publish nothing.")
        private boolean stdout;
    }

    @Override
    public Integer call() {
        Settings.Kafka kafka = database.configuration().kafka();
        try (Connection connection = database.connect()) {
            Memberships memberships = Memberships.begin(connection);
            List<String> unknown = memberships.unknownOf(segments);
            if (!unknown.isEmpty()) {
                throw database.failure("there is no segment " + String.join(", ", unknown));
            }
            MembershipSnapshot snapshot =
                    new MembershipSnapshot(UUID.randomUUID().toString(), memberships.readAt(), segments);
            if (destination != null && destination.stdout) {
                print(snapshot, memberships);
            } else {
                publish(snapshot, memberships, kafka);
            }
        } catch (SQLException failed) {
            throw database.failure(failed);
        } catch (KafkaException failed) {
            throw failure(failed);
        }
        return 0;
    }

    private void print(MembershipSnapshot snapshot, Memberships memberships) throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        AtomicLong count = new AtomicLong();
        memberships.forEach(segments, membership -> {
            out.println(text(Wire.membership(snapshot, membership)));
            count.incrementAndGet();
        });
        out.println(text(Wire.snapshotEnd(snapshot, null, count.get(), count.get())));
        out.flush();
    }

    private void publish(MembershipSnapshot snapshot, Memberships memberships, Settings.Kafka kafka)
            throws SQLException {
        String topic = destination == null || destination.topic == null
                ? kafka.topics().segmentMemberships()
                : destination.topic;
        try (MembershipTopic out = MembershipTopic.begin(kafka, topic, snapshot)) {
            memberships.forEach(segments, out::send);
            long count = out.commit();
            PrintWriter said = spec.commandLine().getOut();
            said.println(count + " memberships published to " + topic + ", snapshot " + snapshot.id());
            said.flush();
        }
    }

    private ParameterException failure(KafkaException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return database.failure("another snapshot was begun meanwhile; nothing of this one was published");
            }
        }
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        return database.failure("Kafka: "
                + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
