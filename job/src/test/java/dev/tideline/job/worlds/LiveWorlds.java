package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Worlds side by side, cut into phases, for a job that runs: what to send in each, and what must come of all. A phase begins
 * with what takes effect on arrival, and ends where event time has to stand before the next one. Within a phase things
 * arrive out of order, but never later than event time allows.
 */
public final class LiveWorlds {
    /** How far event time has to stay behind the newest event. */
    public static final long BEHIND = 45 * Tree.MINUTE;

    private static final int MOST_DISORDER = 40;

    private final Batch batch;
    private final Map<Deed, Long> line = new HashMap<>();

    /** A record of a topic; no value = a tombstone. */
    public record Line(String key, @Nullable String value, Instant at) {}

    /**
     * Makes worlds.
     *
     * @param history whether rules ask in the middle for what nobody asked before
     */
    public LiveWorlds(long firstSeed, int number, boolean history) {
        WorldMaker.Options options = new WorldMaker.Options(false, history, false, true);
        Batch made = Batch.of(LongStream.range(firstSeed, firstSeed + number)
                .mapToObj(seed -> WorldMaker.make(seed, options))
                .toList());
        Random random = new Random(firstSeed);
        List<Deed> deeds = new ArrayList<>(made.deeds());
        deeds.forEach(deed -> line.put(deed, deed.place() + random.nextInt(MOST_DISORDER) * Tree.MINUTE));
        deeds.sort(Comparator.<Deed>comparingInt(deed -> phase(deed.place()))
                .thenComparing(deed -> !isPrivacy(deed))
                .thenComparing(deed -> Objects.requireNonNull(line.get(deed))));
        batch = made.inOrder(deeds);
    }

    private static boolean isPrivacy(Deed deed) {
        return deed instanceof Deed.Consented || deed instanceof Deed.Erased;
    }

    private static int phase(long place) {
        return (int) WorldMaker.CUTS.stream().filter(cut -> cut <= place).count();
    }

    public int phases() {
        return WorldMaker.CUTS.size() + 1;
    }

    /** Where event time has to stand at the end of the phase, in epoch milliseconds. */
    public long end(int phase) {
        return phase < WorldMaker.CUTS.size() ? WorldMaker.CUTS.get(phase) - 1 : batch.until();
    }

    /** The rules that are there from the start, as YAML. */
    public String rulesFromTheStart() {
        StringBuilder text = new StringBuilder(Alarms.documents());
        batch.rulings().stream()
                .filter(ruling -> ruling.at() == Ruling.START)
                .forEach(ruling -> text.append("\n---\n").append(ruling.document()));
        return text.append('\n').toString();
    }

    /** The rules that come, change and go in the phase, by their keys. */
    public List<Line> rules(int phase) {
        return batch.rulings().stream()
                .filter(ruling -> ruling.at() != Ruling.START && phase(ruling.at()) == phase)
                .sorted(Comparator.comparingLong(Ruling::at).thenComparing(ruling -> ruling.when() != null))
                .map(LiveWorlds::line)
                .toList();
    }

    private static Line line(Ruling ruling) {
        ObjectNode document = ruling.document();
        return new Line(ruling.key(), document == null ? null : document.toString(), Instant.ofEpochMilli(ruling.at()));
    }

    public List<Line> privacy(int phase) {
        return lines(phase, LiveWorlds::isPrivacy);
    }

    public List<Line> profiles(int phase) {
        return lines(phase, Deed.Patched.class::isInstance);
    }

    public List<Line> events(int phase) {
        return lines(phase, Deed.Did.class::isInstance);
    }

    private List<Line> lines(int phase, Predicate<Deed> which) {
        return batch.deeds().stream()
                .filter(which)
                .filter(deed -> phase(deed.place()) == phase)
                .map(deed -> new Line(deed.user(), deed.line(), deed.at()))
                .toList();
    }

    /** How many different patches the phase has: one that is sent twice is stored once. */
    public long patches(int phase) {
        return batch.deeds().stream()
                .filter(Deed.Patched.class::isInstance)
                .filter(deed -> phase(deed.place()) == phase)
                .distinct()
                .count();
    }

    /** What must be told, by world: one line a change. */
    public Map<Long, String> expected() {
        return lines(recount());
    }

    /** The same out of the messages that were told. */
    public Map<Long, String> told(List<JsonNode> messages) {
        return lines(messages.stream().map(Told::of).toList());
    }

    /** The same out of rows, whose columns are joined by blanks and bars; see {@link #changesQuery}. */
    public Map<Long, String> inRows(List<String> rows) {
        return lines(rows.stream().map(Told::ofRow).toList());
    }

    /** What the database must hold of all changes: those of who was erased are gone. */
    public Map<Long, String> expectedRows() {
        return lines(stillThere());
    }

    private List<Told> recount() {
        return batch.worlds().stream()
                .flatMap(world -> Recount.of(world, Lane.Taking.ARRIVAL).stream())
                .toList();
    }

    private List<Told> stillThere() {
        Map<String, Instant> erased = new HashMap<>();
        batch.deeds().stream()
                .filter(Deed.Erased.class::isInstance)
                .forEach(
                        deed -> erased.merge(deed.user(), deed.at(), (one, other) -> one.isAfter(other) ? one : other));
        return recount().stream()
                .filter(told -> {
                    Instant gone = erased.get(told.user());
                    return gone == null || told.at() > gone.toEpochMilli();
                })
                .toList();
    }

    /** What the table of memberships must hold, a line each: user, segment, member, version, when, why, sequence. */
    public List<String> expectedMemberships() {
        Map<String, Told> newest = new LinkedHashMap<>();
        Told.sorted(stillThere()).forEach(told -> newest.put(told.user() + told.segment(), told));
        return newest.values().stream().map(Told::membership).sorted().toList();
    }

    /** Leaves aside what the rules of one world say of the people of another. */
    public List<String> ownMemberships(List<String> rows) {
        return rows.stream()
                .filter(row -> {
                    String[] columns = row.split(" \\| ", -1);
                    return batch.isOwn(columns[0], columns[1]);
                })
                .sorted()
                .toList();
    }

    public static String changesQuery() {
        return "SELECT user_id, segment_id, sequence, change, " + millis("changed_at") + ", version, reason, cause, "
                + millis("member_since") + ", " + millis("expires_at") + " FROM tideline.segment_changes";
    }

    public static String membershipsQuery() {
        return "SELECT user_id, segment_id, member, version, " + millis("changed_at")
                + ", reason, sequence FROM tideline.segment_membership";
    }

    private static String millis(String column) {
        return "(extract(epoch FROM " + column + ") * 1000)::bigint";
    }

    /** The world of the seed, for a person to read. */
    public String world(long seed) {
        return batch.worlds().stream()
                .filter(world -> world.seed() == seed)
                .map(World::toString)
                .findFirst()
                .orElse("");
    }

    private Map<Long, String> lines(List<Told> told) {
        Map<Long, String> lines = new java.util.TreeMap<>();
        batch.apart(told).forEach((seed, ofWorld) -> lines.put(seed, Told.lines(ofWorld)));
        return lines;
    }
}
