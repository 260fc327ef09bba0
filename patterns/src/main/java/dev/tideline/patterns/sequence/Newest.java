package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of one step that happens so many times, each judged by itself. Each fact that qualifies would begin a partial
 * match and go into all that are there: so the newest ones, one fewer than a match has, say everything.
 */
final class Newest implements Automaton {
    /** Its question asks for no earlier fact. */
    private static final String[] NO_NAMES = {};

    private final String name;
    private final Question takes;
    private final int times;
    private final boolean consecutive;
    private final long within;

    Newest(String name, Question takes, int times, boolean consecutive, long within) {
        this.name = name;
        this.takes = takes;
        this.times = times;
        this.consecutive = consecutive;
        this.within = within;
    }

    @Override
    public Evaluation evaluation() {
        return Evaluation.COUNT;
    }

    @Override
    public Partials.Form form() {
        return Partials.Form.NEWEST;
    }

    @Override
    public boolean beginsWith(int kind) {
        return takes.asks(kind);
    }

    @Override
    public @Nullable Partials accept(@Nullable Partials partials, Moment now, int kind, Findings findings) {
        now.before(NO_NAMES);
        if (!takes.holds(now, kind, null)) {
            if (!consecutive || partials == null) {
                return partials;
            }
            now.change();
            return null;
        }
        now.change();
        NewestFacts newest = partials == null ? new NewestFacts(within) : (NewestFacts) partials;
        if (newest.count() == times - 1) {
            Fact[] facts = new Fact[times];
            newest.copyTo(facts);
            facts[times - 1] = now.fact();
            findings.found(now.millis(), Map.of(name, List.of(facts)));
            newest.drop(1);
        }
        newest.add(now.held(), now.millis());
        return newest;
    }

    @Override
    public @Nullable Partials advance(Partials partials, long toMillis, Findings findings) {
        NewestFacts newest = (NewestFacts) partials;
        newest.expire(toMillis);
        return newest.count() == 0 ? null : newest;
    }

    @Override
    public Partials read(HeldFact[] facts, DataInputView in) throws IOException {
        return NewestFacts.read(within, facts, in);
    }
}
