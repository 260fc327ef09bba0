package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.sequence.Stage.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of a sequence in which every match takes the same number of facts, one after the other. A partial match is the
 * list of facts that it took so far; there is nothing else to know. Finds the same matches in the same order as Flink CEP's
 * NFA, which keeps partial matches in the order of their begin, puts first of two that part ways the one that took the fact,
 * and tells matches by a priority queue. One thread.
 */
final class Chain implements Automaton {
    private static final int MOST_KEPT = 1 << 12;

    private static final Comparator<Partial> BY_BEGIN =
            Comparator.comparingLong((Partial partial) -> partial.begin).thenComparingInt(Partial::first);

    private final Evaluation evaluation;
    private final Stage[] stages;
    private final @Nullable Question absent;
    private final String[] names;
    private final long within;
    private Partial[] next = new Partial[8];
    private int count;
    private final List<Partial> completed = new ArrayList<>();

    /**
     * @param absent what must not come between the last fact and the window's end; null = the last fact completes a match
     */
    Chain(Evaluation evaluation, List<Stage> stages, @Nullable Question absent, long within) {
        this.evaluation = evaluation;
        this.stages = stages.toArray(Stage[]::new);
        this.absent = absent;
        this.names = stages.stream().map(Stage::name).toArray(String[]::new);
        this.within = within;
    }

    @Override
    public Evaluation evaluation() {
        return evaluation;
    }

    @Override
    public Partials.Form form() {
        return Partials.Form.CHAIN;
    }

    @Override
    public boolean beginsWith(int kind) {
        return stages[0].takes().asks(kind);
    }

    @Override
    public @Nullable Partials accept(@Nullable Partials partials, Moment now, int kind, Findings findings) {
        now.before(names);
        count = 0;
        ChainPartials known = (ChainPartials) partials;
        int before = known == null ? 0 : known.size();
        for (int i = 0; known != null && i < before; i++) {
            Partial partial = known.get(i);
            if (partial.length == stages.length) {
                awaitEnd(partial, now, kind);
            } else {
                show(partial, stages[partial.length], now, kind);
            }
        }
        if (stages[0].takes().holds(now, kind, null)) {
            begin(now, findings);
        }
        if (!completed.isEmpty()) {
            for (Partial partial : inOrder()) {
                findings.found(now.millis(), steps(partial, now.fact()));
            }
        }
        return now.changed() ? result(known) : known;
    }

    private @Nullable Partials result(@Nullable ChainPartials known) {
        ChainPartials result = known;
        if (count == 0) {
            result = null;
        } else if (known == null) {
            result = new ChainPartials(within, next, count);
        } else {
            known.become(next, count);
        }
        // What is in the way of the next fact must not be held here.
        if (next.length > MOST_KEPT) {
            next = new Partial[8];
        } else {
            Arrays.fill(next, 0, count, null);
        }
        return result;
    }

    private void awaitEnd(Partial partial, Moment now, int kind) {
        if (absent != null && absent.holds(now, kind, partial)) {
            now.change();
        } else {
            keep(partial);
        }
    }

    private void show(Partial partial, Stage stage, Moment now, int kind) {
        Question notNext = stage.notNext();
        if (partial.fresh && notNext != null && notNext.holds(now, kind, partial)) {
            now.change();
            return;
        }
        boolean takes = stage.takes().holds(now, kind, partial);
        Question never = stage.never();
        if (never != null && never.holds(now, kind, partial)) {
            // A fact that ends the wait and is the last as well still completes a match.
            now.change();
            if (takes && completedByOneMore(partial.length)) {
                completed.add(partial);
            }
            return;
        }
        if (takes) {
            take(partial, now);
        }
        if (stage.waiting() == Waiting.FOR_EVERY || stage.waiting() == Waiting.UNTIL_TAKEN && !takes) {
            await(partial, notNext != null, now);
        } else {
            now.change();
        }
    }

    private void await(Partial partial, boolean freshMatters, Moment now) {
        if (freshMatters && partial.fresh) {
            keep(partial.waited());
            now.change();
        } else {
            keep(partial);
        }
    }

    private boolean completedByOneMore(int length) {
        return length + 1 == stages.length && absent == null;
    }

    private void begin(Moment now, Findings findings) {
        if (completedByOneMore(0)) {
            findings.found(now.millis(), steps(null, now.fact()));
        } else {
            keep(Partial.after(null, now));
            now.change();
        }
    }

    private void take(Partial partial, Moment now) {
        if (completedByOneMore(partial.length)) {
            completed.add(partial);
        } else {
            keep(Partial.after(partial, now));
            now.change();
        }
    }

    private void keep(Partial partial) {
        if (count == next.length) {
            next = Arrays.copyOf(next, count * 2);
        }
        next[count++] = partial;
    }

    /** The completed ones, taken out. Which of more than two that began alike comes first, only the same queue can say. */
    private List<Partial> inOrder() {
        List<Partial> ordered = new ArrayList<>(completed.size());
        if (completed.size() < 3) {
            ordered.addAll(completed);
        } else {
            PriorityQueue<Partial> queue = new PriorityQueue<>(BY_BEGIN);
            queue.addAll(completed);
            while (!queue.isEmpty()) {
                ordered.add(queue.remove());
            }
        }
        completed.clear();
        return ordered;
    }

    /** By step, the facts that were taken, and the one that comes on top. */
    private Map<String, List<Fact>> steps(@Nullable Partial partial, @Nullable Fact top) {
        Fact[] facts = new Fact[stages.length];
        facts[stages.length - 1] = top;
        for (Partial link = partial; link != null; link = link.before) {
            facts[link.length - 1] = link.last.fact();
        }
        return Steps.of(names, facts);
    }

    @Override
    public @Nullable Partials advance(Partials partials, long toMillis, Findings findings) {
        ChainPartials known = (ChainPartials) partials;
        int gone = 0;
        while (gone < known.size() && known.get(gone).begin + within <= toMillis) {
            Partial partial = known.get(gone++);
            if (absent != null && partial.length == stages.length) {
                completed.add(partial);
            }
        }
        for (Partial partial : inOrder()) {
            findings.found(partial.begin + within, steps(partial, null));
        }
        known.drop(gone);
        return known.size() == 0 ? null : known;
    }

    @Override
    public Partials read(HeldFact[] facts, DataInputView in) throws IOException {
        return ChainPartials.read(within, facts, in);
    }
}
