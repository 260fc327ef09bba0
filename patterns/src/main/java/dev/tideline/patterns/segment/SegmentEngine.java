package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fingerprint;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says who is in which segment, exactly. One engine serves all users of one set of rules; immutable, safe for many threads.
 *
 * <p>A user's time goes forward in instants (epoch milliseconds). {@link #open} lets everything fall due that lies before an
 * instant; the {@link SegmentInstant} then takes what bears that millisecond, and {@code settle} says what changed. A fact
 * that comes late is taken at the instant where the user has got to, and counts with its own time. Where nothing happens,
 * {@link #nextDue} says when time alone may change something and {@link #advance} lets it.
 *
 * <p>Equal leaves are kept once, and a fact is shown only to leaves of its kind. A leaf without history, new or asked for a
 * higher count than before, starts from what is known; where it is known beforehand which rules will come, what they ask for
 * is counted before they hold.
 */
public final class SegmentEngine {
    private final List<CompiledSegment> segments;
    private final Set<String> standing;
    private final List<Leaf> leaves;
    private final List<ProfileLeaf> profiles;
    private final int[] riskSegments;
    private final Map<Long, Sequence> sequences;
    private final Map<Long, Leaf> leavesByKey = new HashMap<>();
    private final Map<String, List<Question>> questionsByFact = new HashMap<>();
    private final Map<String, CompiledSegment> segmentsByKey = new HashMap<>();
    private final long fingerprint;
    private final int[] beginning;
    private volatile @Nullable Difference difference;

    /**
     * Compiles the rules; those that are not enabled count as not there.
     *
     * @throws IllegalArgumentException where an id is there twice or segments refer to each other in a circle
     */
    public SegmentEngine(List<SegmentRule> rules) {
        this(rules, List.of());
    }

    /**
     * The same, knowing which rules will come.
     *
     * @param coming rules whose facts and sequences are counted although nobody is in or out by them yet; in any order, and
     *     several versions of one rule as well
     * @throws IllegalArgumentException as the other one, because of {@code rules} alone
     */
    public SegmentEngine(List<SegmentRule> rules, List<SegmentRule> coming) {
        this(rules, coming, Set.of());
    }

    /**
     * The same, where some segments are in force and yet nothing can be said of them.
     *
     * @param standing ids of segments that are not among the rules; who is in them stays in until they are
     */
    public SegmentEngine(List<SegmentRule> rules, List<SegmentRule> coming, Set<String> standing) {
        Set<String> keys = new HashSet<>();
        standing.forEach(id -> keys.addAll(List.of(id, CompiledSegment.SHADOW + id)));
        this.standing = Set.copyOf(keys);
        Compilation compiled = new Compilation(References.ordered(enabled(rules)), enabled(coming));
        segments = compiled.segments();
        leaves = compiled.leaves();
        profiles = compiled.profiles();
        riskSegments = compiled.riskSegments();
        sequences = compiled.sequences();
        segments.forEach(segment -> segmentsByKey.put(segment.stateKey(), segment));
        leaves.forEach(leaf -> leavesByKey.put(leaf.key(), leaf));
        leaves.forEach(this::ask);
        fingerprint = fingerprint(segments, leaves, this.standing);
        beginning = new Beginning(segments).members();
    }

    private void ask(Leaf leaf) {
        if (leaf.fact() == null) {
            return;
        }
        List<Question> questions = questionsByFact.computeIfAbsent(leaf.fact(), kind -> new ArrayList<>());
        for (Question question : questions) {
            if (Objects.equals(question.where(), leaf.where())) {
                question.leaves().add(leaf);
                return;
            }
        }
        questions.add(new Question(leaf.where(), new ArrayList<>(List.of(leaf))));
    }

    /** Equal where users' states go by the same instants and the same numbers; never 0. */
    private static long fingerprint(List<CompiledSegment> segments, List<Leaf> leaves, Set<String> standing) {
        List<Object> parts = new ArrayList<>(new TreeSet<>(standing));
        segments.forEach(segment -> parts.add(segment.stateKey()));
        for (Leaf leaf : leaves) {
            parts.add(leaf.key());
            parts.add(Arrays.toString(leaf.thresholds()));
        }
        long bits = Fingerprint.bits(parts.toArray());
        return bits == 0 ? 1 : bits;
    }

    private static List<SegmentRule> enabled(List<SegmentRule> rules) {
        return rules.stream().filter(rule -> rule.header().enabled()).toList();
    }

    /**
     * Starts an instant. One that the user has already passed is taken where the user is: what is past is not rewritten.
     *
     * @param at epoch milliseconds
     */
    public SegmentInstant open(SegmentState state, long at) {
        bind(state);
        SegmentChanges before = SegmentChanges.NONE;
        long due = state.tallies.soonest();
        for (; due < at; due = state.tallies.soonest()) {
            before = before.then(new SegmentInstant(this, state, due, SegmentChanges.NONE)
                    .expire()
                    .settle());
        }
        SegmentInstant instant = new SegmentInstant(this, state, Math.max(at, state.settledAt), before);
        return due == at ? instant.expire() : instant;
    }

    /** Lets everything fall due that time alone brings up to and at the instant. */
    public SegmentChanges advance(SegmentState state, long through) {
        return open(state, through).settle();
    }

    /** The earliest instant at which time alone may change a membership. */
    public OptionalLong nextDue(SegmentState state) {
        bind(state);
        long due = state.tallies.soonest();
        return due == Tally.NEVER ? OptionalLong.empty() : OptionalLong.of(due);
    }

    /**
     * Puts these rules in the place of those that held before. The engine before must have advanced the user to the
     * millisecond before. The changes that this causes by itself bear the instant and the reason {@code rule}; facts of the
     * same millisecond may still be taken.
     *
     * @param profile what is known of the user
     * @param at when the rules take effect
     */
    public SegmentInstant adopt(SegmentState state, UserProfile profile, long at) {
        return adopt(state, profile, at, null);
    }

    /**
     * As the other one, and asks only what differs.
     *
     * @param before the engine that served the user until now; null where it is not known
     */
    public SegmentInstant adopt(SegmentState state, UserProfile profile, long at, @Nullable SegmentEngine before) {
        SegmentInstant instant = new SegmentInstant(this, state, Math.max(at, state.settledAt), SegmentChanges.NONE);
        instant.takeRules(profile, before == null ? Difference.all(this) : since(before));
        return instant;
    }

    /** What differs from the engine before; asked by one user after the other, so the last answer is kept. */
    private Difference since(SegmentEngine before) {
        Difference known = difference;
        if (known == null || !known.isTo(before)) {
            known = Difference.between(before, this);
            difference = known;
        }
        return known;
    }

    /**
     * Ends all memberships and forgets what was counted. The user exists again from the next event or profile on; a known
     * profile has to be taken anew. Only the numbers of changes stay, so that they go on without a gap. Memberships that only
     * stand outlive the end of consent, for what came of them is not known yet.
     *
     * @param reason {@code CONSENT} or {@code ERASURE}
     */
    public SegmentChanges close(SegmentState state, long at, Reason reason) {
        return open(state, at).close(reason);
    }

    /** Whether any segment counts facts of the kind, or one to come will: others change nothing for a user who exists. */
    public boolean counts(String fact) {
        return questionsByFact.containsKey(fact);
    }

    /** The sequences that segments ask for, or will; their matches are for {@link SegmentInstant#takeMatch}. */
    public List<Sequence> sequences() {
        return List.copyOf(sequences.values());
    }

    /** The segments that are evaluated, each after those that it refers to. */
    public List<SegmentRule> rules() {
        return segments.stream().map(CompiledSegment::rule).toList();
    }

    List<CompiledSegment> segments() {
        return segments;
    }

    CompiledSegment segment(int index) {
        return segments.get(index);
    }

    @Nullable
    CompiledSegment segment(String stateKey) {
        return segmentsByKey.get(stateKey);
    }

    boolean has(String stateKey) {
        return segmentsByKey.containsKey(stateKey);
    }

    Leaf leaf(int index) {
        return leaves.get(index);
    }

    /** Whether memberships of the key stay as they are, though nobody works them out. */
    boolean letsStand(String stateKey) {
        return standing.contains(stateKey);
    }

    /** The leaf of that name; a tally of another engine's leaf has none here. */
    Map<Long, Leaf> leavesByKey() {
        return leavesByKey;
    }

    /** What is asked of a fact of the kind. */
    List<Question> questions(String fact) {
        return questionsByFact.getOrDefault(fact, List.of());
    }

    List<ProfileLeaf> profiles() {
        return profiles;
    }

    /** The segments that a user belongs to from the first instant on, if nothing else is known. */
    int[] beginning() {
        return beginning;
    }

    int[] riskSegments() {
        return riskSegments;
    }

    /** Makes the state follow these rules: leaves that nobody names any more go, and so do empty ones. */
    void bind(SegmentState state) {
        if (state.bound == fingerprint) {
            return;
        }
        state.bound = fingerprint;
        state.mayHoldWhatIsGone = true;
        state.memberships.bind(this);
        List<Tally> gone = new ArrayList<>(0);
        state.tallies.forEach(tally -> {
            Leaf leaf = leavesByKey.get(tally.key);
            if (leaf != null) {
                leaf.forget(tally, state.settledAt);
            }
            if (leaf == null || tally.isEmpty()) {
                gone.add(tally);
            } else {
                state.tallies.due(tally, leaf.nextDue(tally, state.settledAt));
            }
        });
        gone.forEach(state.tallies::remove);
    }
}
