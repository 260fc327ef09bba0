package dev.tideline.patterns.sequence;

import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The partial matches of one user, over all sequences: the value that a host keeps for the user.
 *
 * <p>Owns: the facts that some partial match holds, each once, and the partial matches, as many per sequence as the matcher's
 * bound allows, and which sequences are stopped for having had more. Lifecycle: a partial match goes at the end of its window
 * or of its rule's version at the latest, or when its sequence is no longer watched; when {@link #isEmpty()} the host clears
 * it. Never: facts that no partial match holds.
 */
public final class SequenceState {
    static final long NEVER = Long.MAX_VALUE;

    private static final Section[] NONE = {};

    /** Whose facts these are; empty before the first. */
    String user;

    /** The set of watched sequences that {@link #due} goes by; another set has to look at each section. */
    long watched;

    /** No section is due before this instant (epoch milliseconds). */
    long due;

    /** The number of the next fact that is held. */
    int nextNumber;

    /** By identity. */
    private Section[] sections;

    /** The one in the first place, at hand for users who have no other. */
    private @Nullable Section first;

    private int size;

    /** The facts of sections that are still bytes. */
    final FactTable table;

    /** Nothing has happened yet. */
    public SequenceState() {
        this("", 0, NEVER, 0, NONE, new FactTable());
    }

    SequenceState(String user, long watched, long due, int nextNumber, Section[] sections, FactTable table) {
        this.user = user;
        this.watched = watched;
        this.due = due;
        this.nextNumber = nextNumber;
        this.sections = sections;
        this.size = sections.length;
        this.first = size == 0 ? null : sections[0];
        this.table = table;
    }

    /** Whether no partial match is left and nothing is stopped, so that nothing needs to be kept. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** How many partial matches there are, over all sequences. */
    public int partials() {
        int partials = 0;
        for (int i = 0; i < size; i++) {
            partials += sections[i].count();
        }
        return partials;
    }

    /** For the host's state descriptor. Each caller gets its own. */
    public static TypeSerializer<SequenceState> serializer() {
        return new SequenceStateSerializer();
    }

    int size() {
        return size;
    }

    Section section(int index) {
        return index == 0 && first != null ? first : sections[index];
    }

    @Nullable
    Section find(long identity) {
        if (size == 1 && first != null) {
            return first.identity == identity ? first : null;
        }
        int place = place(identity);
        return place < size && sections[place].identity == identity ? sections[place] : null;
    }

    private int place(long identity) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (sections[middle].identity < identity) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(Section section) {
        int place = place(section.identity);
        if (size == sections.length) {
            sections = Arrays.copyOf(sections, Math.max(1, size * 2));
        }
        System.arraycopy(sections, place, sections, place + 1, size - place);
        sections[place] = section;
        first = sections[0];
        size++;
        due = Math.min(due, section.due);
    }

    void remove(Section section) {
        int place = place(section.identity);
        System.arraycopy(sections, place + 1, sections, place, size - place - 1);
        sections[--size] = null;
        first = sections[0];
    }

    /** After sections have gone or changed: finds the earliest of their instants anew. */
    void settle() {
        long earliest = NEVER;
        for (int i = 0; i < size; i++) {
            earliest = Math.min(earliest, section(i).due);
        }
        due = earliest;
        if (size == 0) {
            nextNumber = 0;
            user = "";
            sections = NONE;
            first = null;
            table.clear();
        }
    }

    /**
     * Takes in the partial matches of sequences that were looked for in the same user's facts apart from those here, in the
     * place of what is here of the same sequences.
     *
     * @param others not changed
     */
    public void takeOver(SequenceState others) {
        Takeover.into(this, others);
    }

    SequenceState copy() {
        Section[] copies = new Section[size];
        for (int i = 0; i < size; i++) {
            copies[i] = sections[i].copy();
        }
        FactTable facts = new FactTable();
        for (int i = 0; i < table.size(); i++) {
            facts.add(table.get(i));
        }
        return new SequenceState(user, watched, due, nextNumber, copies, facts);
    }
}
