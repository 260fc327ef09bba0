package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.SegmentChanges;
import dev.tideline.patterns.segment.SegmentEngine;
import dev.tideline.patterns.segment.SegmentInstant;
import dev.tideline.patterns.segment.SegmentState;
import dev.tideline.patterns.sequence.Match;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.SequenceState;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A world through the engine itself, with nothing of the job around it. */
final class DirectRun {
    private static final String PREFIX = "sequence/";

    private final World world;
    private final boolean anticipates;
    private final Random random;
    private final Map<Ruling, SegmentRule> read = new HashMap<>();
    private final Map<String, WatchedSequence> watched = new HashMap<>();
    private final SequenceMatcher matcher = new SequenceMatcher();
    private final TreeMap<Long, SegmentEngine> engines = new TreeMap<>();

    private DirectRun(World world, boolean anticipates) {
        this.world = world;
        this.anticipates = anticipates;
        random = new Random(world.seed());
        for (Ruling ruling : world.rulings()) {
            ObjectNode document = ruling.document();
            if (document != null) {
                Reading reading = RuleReader.read(ruling.id(), document.toString());
                if (!reading.problems().isEmpty()) {
                    throw new AssertionError(reading.problems() + " in " + document);
                }
                read.put(ruling, (SegmentRule) reading.rules().get(0));
            }
        }
        world.rulings().forEach(ruling -> engines.computeIfAbsent(ruling.at(), this::engine));
        engines.computeIfAbsent(Ruling.START, this::engine);
        engines.values().stream()
                .flatMap(engine -> engine.sequences().stream())
                .map(sequence -> WatchedSequence.byContent(PREFIX, sequence))
                .forEach(one -> watched.put(one.key(), one));
        matcher.watch(watched.values());
    }

    private SegmentEngine engine(long at) {
        Set<Ruling> now = Set.copyOf(Rulings.inForce(world.rulings(), at).values());
        Set<Ruling> later = new HashSet<>();
        turns(at)
                .forEach(turn ->
                        later.addAll(Rulings.inForce(world.rulings(), turn).values()));
        later.removeAll(now);
        return anticipates ? new SegmentEngine(rules(now), rules(later)) : new SegmentEngine(rules(now));
    }

    private Stream<Long> turns(long after) {
        return world.rulings().stream().map(Ruling::at).filter(at -> at > after);
    }

    private List<SegmentRule> rules(Set<Ruling> rulings) {
        return rulings.stream()
                .map(ruling -> Objects.requireNonNull(read.get(ruling)))
                .toList();
    }

    /**
     * All changes; the name of a segment in shadow begins with a tilde.
     *
     * @param anticipates whether what rules to come ask for is counted before they hold
     */
    static List<Told> of(World world, boolean anticipates) {
        DirectRun run = new DirectRun(world, anticipates);
        List<Told> told = new ArrayList<>();
        world.users().forEach(user -> told.addAll(run.new Person(user).live()));
        return told;
    }

    /** One user on the way. */
    private final class Person {
        private final String user;
        private final List<Told> told = new ArrayList<>();
        private final Map<String, String> profile = new HashMap<>();
        private final Map<String, Instant> profileSince = new HashMap<>();
        private SegmentEngine engine = Objects.requireNonNull(engines.get(Ruling.START));
        private SegmentState state;
        private SequenceState sequences = new SequenceState();
        private @Nullable Level risk;
        private Set<String> allowed = Set.copyOf(Deed.PURPOSES);
        private long erasedBefore = Long.MIN_VALUE;

        Person(String user) {
            this.user = user;
            state = new SegmentState(user);
        }

        List<Told> live() {
            TreeMap<Long, List<Stride>> instants = new TreeMap<>();
            Lane.of(world, user, Lane.Taking.TIME)
                    .forEach(stride -> instants.computeIfAbsent(stride.place(), at -> new ArrayList<>())
                            .add(stride));
            engines.tailMap(Ruling.START, false)
                    .keySet()
                    .forEach(at -> instants.computeIfAbsent(at, none -> new ArrayList<>()));
            instants.headMap(world.until(), true).forEach(this::happen);
            tell(engine.advance(state, world.until()));
            return told;
        }

        /** Besides, state is written and read now and then, and time advances by itself. */
        private void happen(long at, List<Stride> strides) {
            if (random.nextInt(3) == 0) {
                state = SegmentState.fromBytes(user, state.toBytes());
            }
            if (random.nextInt(3) == 0) {
                tell(engine.advance(state, at - 1 - random.nextInt(100_000)));
            }
            SegmentInstant instant = begin(at);
            for (Stride stride : strides) {
                if (stride.rank() == Stride.PRIVACY) {
                    tell(instant.settle());
                    privacy(at, stride.what());
                    instant = engine.open(state, at);
                } else {
                    take(instant, at, stride);
                }
            }
            tell(instant.settle());
        }

        private SegmentInstant begin(long at) {
            SegmentEngine next = engines.get(at);
            if (next == null || at == Ruling.START) {
                return engine.open(state, at);
            }
            tell(engine.advance(state, at - 1));
            SegmentEngine before = engine;
            engine = next;
            return next.adopt(state, view(), at, before);
        }

        private void take(SegmentInstant instant, long at, Stride stride) {
            if (stride.what() instanceof Stride.Patch patch) {
                patch.fields().forEach((field, value) -> {
                    Instant newest = profileSince.get(field);
                    if (newest == null || !stride.at().isBefore(newest)) {
                        profileSince.put(field, stride.at());
                        profile.put(field, value);
                    }
                });
                if (allowed.contains("segmentation")) {
                    begin(instant);
                    instant.takeProfile(view());
                }
            } else if (stride.what() instanceof Stride.Closed closed) {
                if (closed.start() >= erasedBefore && state.exists()) {
                    take(instant, fact(closed.session(), at), "");
                }
            } else if (stride.what() instanceof Stride.Facts facts) {
                facts.facts()
                        .forEach(fact ->
                                take(instant, fact(fact, at), fact.kind().equals("alarm") ? facts.alarm() : ""));
            }
        }

        private void take(SegmentInstant instant, Fact fact, String alarm) {
            boolean segmentation = allowed.contains("segmentation");
            if (segmentation && !fact.late()) {
                boolean time = fact.kind().equals("session");
                for (Match match : matcher.accept(sequences, fact, view()).matches()) {
                    WatchedSequence of = Objects.requireNonNull(watched.get(match.key()));
                    instant.takeMatch(of.sequence(), match.first().millis(), time ? null : fact.id());
                }
            }
            if (!alarm.isEmpty() && allowed.contains("risk_detection")) {
                Level level = Level.valueOf(alarm);
                risk = risk == null || risk.compareTo(level) < 0 ? level : risk;
                if (segmentation) {
                    instant.takeRisk(risk);
                }
            }
            if (segmentation) {
                begin(instant);
                instant.take(fact, view());
            }
        }

        private Fact fact(Sight sight, long at) {
            Instant time = Instant.ofEpochMilli(sight.millis());
            SessionFact session = null;
            SurveyFact survey = null;
            String context = null;
            if (sight.kind().equals("session")) {
                Instant end = time.minusSeconds(1800);
                long duration = (Long) Objects.requireNonNull(sight.said().get("session.duration"));
                int events = (Integer) Objects.requireNonNull(sight.said().get("session.events"));
                session =
                        new SessionFact(end.minusMillis(duration), end, events, 0, 0, null, null, 0, null, null, 0, 0);
            } else if (sight.kind().equals("survey")) {
                Number score = (Number) sight.said().get("survey.score");
                String instrument = String.valueOf(sight.said().get("survey.instrument"));
                survey = new SurveyFact(
                        instrument,
                        score == null ? null : score.doubleValue(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            } else {
                Map<String, Object> said = new TreeMap<>();
                sight.said().forEach((name, value) -> said.put(name.replace("context.", ""), value));
                context = Deed.context(said).toString();
            }
            return new Fact(
                    sight.kind(),
                    sight.id(),
                    user,
                    time,
                    context,
                    null,
                    session,
                    null,
                    survey,
                    null,
                    null,
                    sight.late(),
                    Instant.ofEpochMilli(at));
        }

        private UserProfile view() {
            Map<String, String> properties = new HashMap<>();
            profile.forEach((name, value) -> {
                if (name.startsWith("properties.") && !value.isEmpty()) {
                    properties.put(name.replace("properties.", ""), '"' + value + '"');
                }
            });
            return new UserProfile(profile.get("user.account_type"), null, null, null, properties);
        }

        private void privacy(long at, Stride.What what) {
            if (what instanceof Stride.Consent consent) {
                boolean had = allowed.contains("segmentation");
                boolean has = consent.purposes().contains("segmentation");
                allowed = consent.purposes();
                if (!allowed.contains("risk_detection")) {
                    risk = null;
                }
                if (had && !has) {
                    close(at, SegmentChange.Reason.CONSENT);
                } else if (had) {
                    tell(risk(engine.open(state, at)).settle());
                } else if (has && !profile.isEmpty()) {
                    SegmentInstant begun = engine.open(state, at);
                    begin(begun);
                    begun.takeProfile(view());
                    tell(begun.settle());
                }
            } else {
                close(at, SegmentChange.Reason.ERASURE);
                profile.clear();
                profileSince.clear();
                risk = null;
                allowed = Set.copyOf(Deed.PURPOSES);
                erasedBefore = at + 1;
                state = new SegmentState(user);
            }
        }

        /** Who begins to exist begins with the level that the alert has. */
        private void begin(SegmentInstant instant) {
            if (!state.exists()) {
                instant.takeRisk(risk);
            }
        }

        private SegmentInstant risk(SegmentInstant instant) {
            instant.takeRisk(risk);
            return instant;
        }

        private void close(long at, SegmentChange.Reason reason) {
            tell(engine.close(state, at, reason));
            state = SegmentState.fromBytes(user, state.toBytes());
            sequences = new SequenceState();
        }

        private void tell(SegmentChanges changes) {
            changes.live().forEach(change -> told.add(Told.of(change)));
            changes.shadow().forEach(change -> told.add(Told.of(change).inShadow()));
        }
    }
}
