package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Recollection;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The partial matches of a {@link Run}: the facts that the longest took, and how many of the newest ones each took.
 *
 * <p>Written as: which lengths there are, and the times of the facts, the oldest first.
 */
final class RunFacts implements Partials, Earlier {
    private final Run run;
    /** A ring, so that a new fact moves no other. */
    private final HeldFact[] facts;

    private final long[] millis;
    /** Where the newest fact is. */
    private int newest;
    /** Bit n − 1: there is one that took the newest n. */
    private long lengths;
    /** Of the newest fact, once it is known. */
    private long recalled;

    private boolean known;
    /** Of the one that predicates are asked on behalf of. */
    private int length;

    RunFacts(Run run) {
        this.run = run;
        this.facts = new HeldFact[run.most()];
        this.millis = new long[facts.length];
    }

    /** Where a fact is, by how many came after it. */
    private int place(int after) {
        int place = newest - after;
        return place < 0 ? place + facts.length : place;
    }

    private Fact fact(int after) {
        return facts[place(after)].fact();
    }

    /** Which lengths there are if each partial match that may takes the fact; the longest is asked first. */
    long wentOn(Question[] goesOn, Moment now, int kind) {
        long next = 0;
        for (long rest = lengths; rest != 0; rest &= ~Long.highestOneBit(rest)) {
            length = longest(rest);
            if (goesOn[length].holds(now, kind, this)) {
                next |= 1L << length;
            }
        }
        return next;
    }

    /** The facts of the match that the longest possible one and this fact make. */
    Fact[] completedBy(Fact last) {
        Fact[] match = new Fact[facts.length + 1];
        for (int i = 0; i < facts.length; i++) {
            match[i] = fact(facts.length - 1 - i);
        }
        match[facts.length] = last;
        return match;
    }

    /** A fact is taken by all that are left. */
    void take(HeldFact fact, long atMillis, long left) {
        int before = longest(lengths);
        newest = newest == facts.length - 1 ? 0 : newest + 1;
        facts[newest] = fact;
        millis[newest] = atMillis;
        lengths = left;
        forget(longest(left), Math.min(before + 1, facts.length));
        Recollection recollection = run.recollection();
        if (recollection != null) {
            recalled = recollection.of(fact.fact());
            known = true;
        }
    }

    void expire(long toMillis) {
        int before = longest(lengths);
        while (lengths != 0 && due() <= toMillis) {
            lengths &= ~Long.highestOneBit(lengths);
        }
        forget(longest(lengths), before);
    }

    private void forget(int from, int to) {
        for (int i = from; i < to; i++) {
            facts[place(i)] = null;
        }
    }

    private static int longest(long lengths) {
        return Long.SIZE - Long.numberOfLeadingZeros(lengths);
    }

    @Override
    public Fact previous() {
        return fact(0);
    }

    @Override
    public @Nullable Fact step(String name, String[] names) {
        for (int i = length - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return fact(length - 1 - i);
            }
        }
        return null;
    }

    @Override
    public long recalled(Recollection number) {
        Recollection recollection = run.recollection();
        if (recollection == null) {
            return number.of(previous());
        }
        if (!known) {
            recalled = recollection.of(previous());
            known = true;
        }
        return recalled;
    }

    @Override
    public Form form() {
        return Form.RUN;
    }

    @Override
    public int count() {
        return Long.bitCount(lengths);
    }

    @Override
    public long weight() {
        return longest(lengths);
    }

    @Override
    public long due() {
        return lengths == 0 ? SequenceState.NEVER : millis[place(longest(lengths) - 1)] + run.within();
    }

    @Override
    public void collect(FactTable table) {
        for (int i = longest(lengths) - 1; i >= 0; i--) {
            table.add(facts[place(i)]);
        }
    }

    @Override
    public void write(FactTable table, DataOutputView out) throws IOException {
        Packed.writeNatural(out, lengths);
        long before = 0;
        for (int i = longest(lengths) - 1; i >= 0; i--) {
            Packed.writeNumber(out, millis[place(i)] - before);
            before = millis[place(i)];
        }
    }

    /** Its facts are all facts of the section, in the same order. */
    static RunFacts read(Run run, HeldFact[] held, DataInputView in) throws IOException {
        RunFacts read = new RunFacts(run);
        read.lengths = Packed.readNatural(in);
        int longest = longest(read.lengths);
        if (longest != held.length || longest > read.facts.length) {
            throw new IOException("a run of " + longest + " facts, of which " + held.length + " are there");
        }
        long before = 0;
        for (int i = 0; i < longest; i++) {
            before += Packed.readNumber(in);
            read.millis[i] = before;
            read.facts[i] = held[i];
        }
        read.newest = Math.max(0, longest - 1);
        return read;
    }

    @Override
    public Partials copy() {
        RunFacts copy = new RunFacts(run);
        System.arraycopy(facts, 0, copy.facts, 0, facts.length);
        System.arraycopy(millis, 0, copy.millis, 0, millis.length);
        copy.newest = newest;
        copy.lengths = lengths;
        copy.recalled = recalled;
        copy.known = known;
        return copy;
    }
}
