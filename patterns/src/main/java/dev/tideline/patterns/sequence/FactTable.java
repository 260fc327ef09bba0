package dev.tideline.patterns.sequence;

import java.util.Arrays;

/** Facts in the order of their numbers, each once. */
final class FactTable {
    private static final HeldFact[] NONE = {};

    private HeldFact[] facts = NONE;
    private int size;

    void clear() {
        Arrays.fill(facts, 0, size, null);
        size = 0;
    }

    int size() {
        return size;
    }

    HeldFact get(int index) {
        return facts[index];
    }

    void add(HeldFact fact) {
        int place = size == 0 || facts[size - 1].number < fact.number ? size : place(fact.number);
        if (place < size && facts[place].number == fact.number) {
            return;
        }
        if (size == facts.length) {
            facts = Arrays.copyOf(facts, Math.max(4, size * 2));
        }
        System.arraycopy(facts, place, facts, place + 1, size - place);
        facts[place] = fact;
        size++;
    }

    /** Those of the table that are marked, by place. */
    static FactTable marked(FactTable table, boolean[] marks) {
        FactTable chosen = new FactTable();
        for (int i = 0; i < table.size; i++) {
            if (marks[i]) {
                chosen.add(table.facts[i]);
            }
        }
        return chosen;
    }

    /** The place of the fact of this number; it must be there. */
    int indexOf(int number) {
        int place = place(number);
        if (place == size || facts[place].number != number) {
            throw new IllegalStateException("fact " + number + " is missing among " + size);
        }
        return place;
    }

    /** Where the first fact of this number or a greater one is, or would be. */
    private int place(int number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (facts[middle].number < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
