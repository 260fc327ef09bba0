package dev.tideline.patterns.sequence;

import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NEXT;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_FOLLOWED_BY;
import static dev.tideline.patterns.sequence.Sample.FALLING;
import static dev.tideline.patterns.sequence.Sample.about;
import static dev.tideline.patterns.sequence.Sample.many;
import static dev.tideline.patterns.sequence.Sample.mood;
import static dev.tideline.patterns.sequence.Sample.one;
import static dev.tideline.patterns.sequence.Sample.watched;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Predicate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What a fact costs the matcher, in nanoseconds, with state as an object (as on the heap) and written and read around every
 * fact (as on RocksDB, without RocksDB). For a person to run; no test.
 */
final class MatcherSpeed {
    private static final Duration TWO_WEEKS = Duration.ofDays(14);
    private static final int FACTS = 200_000;
    private static final int USERS = 1000;
    private static final int ROUNDS = 4;
    /** The thread's own time, so that a busy machine does not count. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final Predicate LOW = about("low", scope -> mood(scope.fact()) < 0.3);

    private MatcherSpeed() {}

    public static void main(String[] arguments) throws IOException {
        measure("three falling moods", List.of(falling("p", "mood_day")), i -> "mood_day");
        List<WatchedSequence> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ten.add(any(i, "kind-" + i));
        }
        measure("ten patterns, one concerned", ten, i -> "kind-" + i % 10);
        List<WatchedSequence> hundred = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hundred.add(any(i, "kind-" + i % 20));
        }
        measure("100 patterns, five concerned", hundred, i -> "kind-" + i % 20);
    }

    private static WatchedSequence falling(String key, String kind) {
        return watched(
                key,
                TWO_WEEKS,
                one("first", FOLLOWED_BY, kind),
                one("second", NEXT, kind, FALLING),
                one("third", NEXT, kind, FALLING));
    }

    private static WatchedSequence any(int number, String kind) {
        String key = "p" + number;
        return switch (number / 20 % 5) {
            case 0 -> falling(key, kind);
            case 1 -> watched(key, TWO_WEEKS, one("a", FOLLOWED_BY, kind, LOW), one("b", FOLLOWED_BY, kind, FALLING));
            case 2 -> watched(key, TWO_WEEKS, one("a", FOLLOWED_BY, kind, LOW), one("b", NOT_FOLLOWED_BY, kind));
            case 3 -> watched(key, TWO_WEEKS, many("a", FOLLOWED_BY, kind, 3, 3));
            default -> watched(key, TWO_WEEKS, one("a", FOLLOWED_BY, kind, LOW));
        };
    }

    private static void measure(String what, List<WatchedSequence> sequences, IntFunction<String> kinds)
            throws IOException {
        List<Fact> facts = facts(kinds);
        for (boolean written : new boolean[] {false, true}) {
            long best = Long.MAX_VALUE;
            double bytes = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Run run = new Run(sequences);
                long begin = CLOCK.getCurrentThreadCpuTime();
                run.all(facts, written);
                best = Math.min(best, CLOCK.getCurrentThreadCpuTime() - begin);
                bytes = run.bytes / (double) FACTS;
            }
            System.out.printf(
                    "%-30s %-8s %,6d ns a fact%s%n",
                    what, written ? "written" : "object", best / FACTS, written ? ", %.0f bytes".formatted(bytes) : "");
        }
    }

    private static List<Fact> facts(IntFunction<String> kinds) {
        Random random = new Random(1);
        List<Fact> facts = new ArrayList<>();
        long millis = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
        for (int i = 0; i < FACTS; i++) {
            millis += 60_000;
            int user = random.nextInt(USERS);
            facts.add(Sample.fact(
                    "0b0e1a52-6f6e-4a9b-9c3c-" + (100_000_000_000L + user),
                    "event-" + i,
                    new String(kinds.apply(random.nextInt(1000)).toCharArray()),
                    Instant.ofEpochMilli(millis),
                    random.nextDouble()));
        }
        return facts;
    }

    private static final class Run {
        private final SequenceMatcher matcher = new SequenceMatcher();
        private final TypeSerializer<SequenceState> serializer = SequenceState.serializer();
        private final DataOutputSerializer out = new DataOutputSerializer(1024);
        private final SequenceState[] states = new SequenceState[USERS];
        private final byte[][] stored = new byte[USERS][];
        private long bytes;
        private long matches;

        Run(List<WatchedSequence> sequences) {
            matcher.watch(sequences);
        }

        void all(List<Fact> facts, boolean written) throws IOException {
            for (Fact fact : facts) {
                int user = (int) (Long.parseLong(fact.user().substring(24)) - 100_000_000_000L);
                SequenceState state = written ? read(user) : states[user];
                if (state == null) {
                    state = new SequenceState();
                }
                matches += matcher.accept(state, fact, UserProfile.UNKNOWN)
                        .matches()
                        .size();
                if (written) {
                    write(user, state);
                } else {
                    states[user] = state;
                }
            }
            if (matches < 0) {
                throw new IllegalStateException("never");
            }
        }

        private SequenceState read(int user) throws IOException {
            return stored[user] == null
                    ? new SequenceState()
                    : serializer.deserialize(new DataInputDeserializer(stored[user]));
        }

        private void write(int user, SequenceState state) throws IOException {
            out.clear();
            serializer.serialize(state, out);
            stored[user] = out.getCopyOfBuffer();
            bytes += stored[user].length;
        }
    }
}
