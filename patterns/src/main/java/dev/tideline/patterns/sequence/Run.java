package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.Recollection;
import dev.tideline.patterns.sequence.Stage.Waiting;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of a sequence in which every fact comes right after the one before. A partial match took the newest facts and
 * no others: so the newest facts, and how many of them the partial matches took, say everything. Finds the same matches in the
 * same order as a {@link Chain}, but changes what it keeps in place, and goes back to no fact for a number that it may keep.
 * One thread.
 */
final class Run implements Automaton {
    /** How many of the newest facts a partial match took is a bit of a long. */
    private static final int MOST_STAGES = Long.SIZE;

    private final Evaluation evaluation;
    private final Question begins;
    /** What goes on with a partial match of that length; none for 0. */
    private final Question[] goesOn;

    private final String[] names;
    private final @Nullable Recollection recollection;
    private final long within;

    private Run(Evaluation evaluation, List<Stage> stages, long within) {
        this.evaluation = evaluation;
        this.begins = stages.get(0).takes();
        this.goesOn = stages.stream().map(Stage::takes).toArray(Question[]::new);
        this.names = stages.stream().map(Stage::name).toArray(String[]::new);
        this.recollection = recollection(goesOn);
        this.within = within;
        for (int i = 1; i < goesOn.length; i++) {
            goesOn[i] = i > 1 && goesOn[i].asksTheSameAs(goesOn[i - 1]) ? goesOn[i - 1] : goesOn[i].ofOneBefore();
        }
    }

    /** Null where something may come between, or waits for the end. */
    static @Nullable Run of(Evaluation evaluation, List<Stage> stages, @Nullable Question absent, long within) {
        boolean fits = absent == null
                && stages.size() > 1
                && stages.size() <= MOST_STAGES
                && stages.stream().skip(1).allMatch(Run::takesTheNext);
        return fits ? new Run(evaluation, stages, within) : null;
    }

    private static boolean takesTheNext(Stage stage) {
        return stage.waiting() == Waiting.NOT_AT_ALL && stage.notNext() == null && stage.never() == null;
    }

    /** The one number that all who look back ask of the fact before; null if they ask for others, or more. */
    private static @Nullable Recollection recollection(Question[] questions) {
        Recollection one = null;
        for (int i = 1; i < questions.length; i++) {
            if (questions[i].looksBack()) {
                Recollection asked = questions[i].recollection();
                if (asked == null || one != null && !one.equals(asked)) {
                    return null;
                }
                one = asked;
            }
        }
        return one;
    }

    long within() {
        return within;
    }

    /** How many facts a partial match takes at most. */
    int most() {
        return goesOn.length - 1;
    }

    /** The only number of the newest fact that is asked for; null if more is. */
    @Nullable
    Recollection recollection() {
        return recollection;
    }

    @Override
    public Evaluation evaluation() {
        return evaluation;
    }

    @Override
    public Partials.Form form() {
        return Partials.Form.RUN;
    }

    @Override
    public boolean beginsWith(int kind) {
        return begins.asks(kind);
    }

    @Override
    public @Nullable Partials accept(@Nullable Partials partials, Moment now, int kind, Findings findings) {
        now.before(names);
        RunFacts known = (RunFacts) partials;
        long lengths = known == null ? 0 : known.wentOn(goesOn, now, kind);
        if (known != null && lengths >>> most() != 0) {
            findings.found(now.millis(), Steps.of(names, known.completedBy(now.fact())));
            lengths &= ~(1L << most());
        }
        if (begins.holds(now, kind, null)) {
            lengths |= 1;
        }
        return next(known, lengths, now);
    }

    private @Nullable Partials next(@Nullable RunFacts known, long lengths, Moment now) {
        if (lengths == 0) {
            if (known != null) {
                now.change();
            }
            return null;
        }
        now.change();
        RunFacts next = known == null ? new RunFacts(this) : known;
        next.take(now.held(), now.millis(), lengths);
        return next;
    }

    @Override
    public @Nullable Partials advance(Partials partials, long toMillis, Findings findings) {
        RunFacts known = (RunFacts) partials;
        known.expire(toMillis);
        return known.count() == 0 ? null : known;
    }

    @Override
    public Partials read(HeldFact[] facts, DataInputView in) throws IOException {
        return RunFacts.read(this, facts, in);
    }
}
