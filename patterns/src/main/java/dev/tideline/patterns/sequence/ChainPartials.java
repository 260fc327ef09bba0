package dev.tideline.patterns.sequence;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The partial matches of a {@link Chain}, in the order in which they began.
 *
 * <p>Written as: for each its begin, length and whether it is fresh, and its facts, the last first.
 */
final class ChainPartials implements Partials {
    private final long within;
    private Partial[] items;
    private int size;

    ChainPartials(long within, Partial[] from, int size) {
        this.within = within;
        this.items = Arrays.copyOf(from, size);
        this.size = size;
    }

    int size() {
        return size;
    }

    Partial get(int index) {
        return items[index];
    }

    /** From now on they are these. */
    void become(Partial[] from, int count) {
        if (count > items.length) {
            items = new Partial[Math.max(count, items.length * 2)];
        }
        System.arraycopy(from, 0, items, 0, count);
        if (count < size) {
            Arrays.fill(items, count, size, null);
        }
        size = count;
    }

    /** Lets the first ones go. */
    void drop(int count) {
        System.arraycopy(items, count, items, 0, size - count);
        Arrays.fill(items, size - count, size, null);
        size -= count;
    }

    @Override
    public Form form() {
        return Form.CHAIN;
    }

    @Override
    public int count() {
        return size;
    }

    @Override
    public long weight() {
        long weight = 0;
        for (int i = 0; i < size; i++) {
            weight += items[i].length;
        }
        return weight;
    }

    @Override
    public long due() {
        return size == 0 ? SequenceState.NEVER : items[0].begin + within;
    }

    @Override
    public void collect(FactTable facts) {
        for (int i = 0; i < size; i++) {
            for (Partial link = items[i]; link != null; link = link.before) {
                facts.add(link.last);
            }
        }
    }

    @Override
    public void write(FactTable facts, DataOutputView out) throws IOException {
        Packed.writeNatural(out, size);
        long begin = 0;
        for (int i = 0; i < size; i++) {
            Partial partial = items[i];
            Packed.writeNumber(out, partial.begin - begin);
            begin = partial.begin;
            Packed.writeNatural(out, (long) partial.length << 1 | (partial.fresh ? 1 : 0));
            for (Partial link = partial; link != null; link = link.before) {
                Packed.writeNatural(out, facts.indexOf(link.last.number));
            }
        }
    }

    static ChainPartials read(long within, HeldFact[] facts, DataInputView in) throws IOException {
        Partial[] items = new Partial[Packed.readCount(in)];
        long begin = 0;
        for (int i = 0; i < items.length; i++) {
            begin += Packed.readNumber(in);
            int head = Packed.readCount(in);
            items[i] = path(facts, begin, head >>> 1, (head & 1) != 0, in);
        }
        return new ChainPartials(within, items, items.length);
    }

    private static Partial path(HeldFact[] facts, long begin, int length, boolean fresh, DataInputView in)
            throws IOException {
        HeldFact[] taken = new HeldFact[length];
        for (int i = length - 1; i >= 0; i--) {
            taken[i] = facts[Packed.readCount(in)];
        }
        @Nullable Partial before = null;
        for (int i = 0; i < length - 1; i++) {
            before = new Partial(taken[i], before, i + 1, begin, false);
        }
        return new Partial(taken[length - 1], before, length, begin, fresh);
    }

    /** Shares the partial matches themselves, which never change. */
    @Override
    public Partials copy() {
        return new ChainPartials(within, items, size);
    }
}
