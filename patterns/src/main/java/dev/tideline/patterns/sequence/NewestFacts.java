package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The newest facts that {@link Newest} took, each of which stands for the partial match that it began. */
final class NewestFacts implements Partials {
    private final long within;
    private HeldFact[] facts = new HeldFact[2];
    private long[] millis = new long[2];
    private int size;

    NewestFacts(long within) {
        this.within = within;
    }

    void add(HeldFact fact, long atMillis) {
        if (size == facts.length) {
            facts = Arrays.copyOf(facts, size * 2);
            millis = Arrays.copyOf(millis, size * 2);
        }
        facts[size] = fact;
        millis[size++] = atMillis;
    }

    /** Lets the oldest go. */
    void drop(int count) {
        System.arraycopy(facts, count, facts, 0, size - count);
        System.arraycopy(millis, count, millis, 0, size - count);
        Arrays.fill(facts, size - count, size, null);
        size -= count;
    }

    void expire(long toMillis) {
        int gone = 0;
        while (gone < size && millis[gone] + within <= toMillis) {
            gone++;
        }
        drop(gone);
    }

    void copyTo(Fact[] target) {
        for (int i = 0; i < size; i++) {
            target[i] = facts[i].fact();
        }
    }

    @Override
    public Form form() {
        return Form.NEWEST;
    }

    @Override
    public int count() {
        return size;
    }

    @Override
    public long weight() {
        return size;
    }

    @Override
    public long due() {
        return size == 0 ? SequenceState.NEVER : millis[0] + within;
    }

    @Override
    public void collect(FactTable table) {
        for (int i = 0; i < size; i++) {
            table.add(facts[i]);
        }
    }

    @Override
    public void write(FactTable table, DataOutputView out) throws IOException {
        long before = 0;
        for (int i = 0; i < size; i++) {
            Packed.writeNumber(out, millis[i] - before);
            before = millis[i];
        }
    }

    /** Its facts are all facts of the section, in the same order. */
    static NewestFacts read(long within, HeldFact[] facts, DataInputView in) throws IOException {
        NewestFacts newest = new NewestFacts(within);
        long millis = 0;
        for (HeldFact fact : facts) {
            millis += Packed.readNumber(in);
            newest.add(fact, millis);
        }
        return newest;
    }

    @Override
    public Partials copy() {
        NewestFacts copy = new NewestFacts(within);
        copy.facts = Arrays.copyOf(facts, facts.length);
        copy.millis = Arrays.copyOf(millis, millis.length);
        copy.size = size;
        return copy;
    }
}
