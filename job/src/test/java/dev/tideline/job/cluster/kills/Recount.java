package dev.tideline.job.cluster.kills;

import dev.tideline.job.cluster.kills.Circles.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What segments must say of a crowd: for each person everything is counted again at every instant at which anything could change. */
public final class Recount {
    private final List<Change> changes;

    /**
     * An entry or exit. As text: {@code user segment sequence entered|exited at since}, times in epoch milliseconds.
     *
     * @param since when the membership began
     */
    record Change(String user, String segment, long sequence, boolean entered, long at, long since) {
        @Override
        public String toString() {
            return user + " " + segment + " " + sequence + " " + (entered ? "entered" : "exited") + " " + at + " "
                    + since;
        }
    }

    public Recount(Crowd crowd) {
        Map<String, List<Deed>> deeds = crowd.deeds().stream().collect(Collectors.groupingBy(Deed::user));
        Map<String, List<Patch>> patches = crowd.patches().stream().collect(Collectors.groupingBy(Patch::user));
        changes = crowd.people().parallelStream()
                .flatMap(person -> changes(person, past(deeds.get(person), patches.get(person))))
                .toList();
    }

    /** The rules, as YAML documents. */
    public static String rules() {
        return Stream.of(Circles.values()).map(Circles::rule).collect(Collectors.joining("---\n"));
    }

    /** Each change, as text. */
    public List<String> changes() {
        return changes.stream().map(Change::toString).toList();
    }

    /** Where everybody is in the end, of all segments that they ever were in: {@code user segment sequence since|left}. */
    public List<String> memberships() {
        Map<String, String> last = new TreeMap<>();
        changes.forEach(change -> {
            String key = change.user() + " " + change.segment() + " ";
            last.put(key, key + change.sequence() + " " + (change.entered() ? String.valueOf(change.since()) : "left"));
        });
        return List.copyOf(last.values());
    }

    private static Past past(@Nullable List<Deed> deeds, @Nullable List<Patch> patches) {
        List<Deed> inOrder = new ArrayList<>(deeds == null ? List.of() : deeds);
        inOrder.sort(Comparator.comparingLong(Deed::at).thenComparing(Deed::id));
        return new Past(List.copyOf(inOrder), patches == null ? List.of() : patches);
    }

    private static Stream<Change> changes(String person, Past past) {
        List<Change> changes = new ArrayList<>();
        TreeSet<Long> instants = instants(past);
        for (Circles circle : Circles.values()) {
            long sequence = 0;
            long since = -1;
            for (long now : instants) {
                boolean member = circle.holds(past, now);
                if (member && since < 0) {
                    since = now;
                    changes.add(new Change(person, circle.id(), ++sequence, true, now, since));
                } else if (!member && since >= 0) {
                    changes.add(new Change(person, circle.id(), ++sequence, false, now, since));
                    since = -1;
                }
            }
        }
        return changes.stream();
    }

    private static TreeSet<Long> instants(Past past) {
        TreeSet<Long> instants = new TreeSet<>();
        past.patches().forEach(patch -> instants.add(patch.at()));
        for (Deed deed : past.deeds()) {
            instants.add(deed.at());
            Circles.WINDOWS.forEach(window -> instants.add(deed.at() + window));
        }
        return instants;
    }
}
