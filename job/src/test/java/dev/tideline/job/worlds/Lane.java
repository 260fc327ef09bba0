package dev.tideline.job.worlds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings one user's deeds into their order: drops repeats and what is erased, and makes sessions. */
final class Lane {
    private static final long SESSION_GAP = Duration.ofMinutes(30).toMillis();
    private static final long SAME_EVENT = Duration.ofHours(24).toMillis();
    private static final Comparator<Stride> ORDER = Comparator.comparingLong(Stride::place)
            .thenComparingInt(Stride::rank)
            .thenComparing(Stride::tie)
            .thenComparing(Stride::at);

    private final List<Stride> strides = new ArrayList<>();
    private final Map<String, List<Long>> taken = new HashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private @Nullable Instant erasedAt;
    private @Nullable Instant consentAt;

    private record Session(long start, long end, List<Long> events) {
        boolean joins(long time, long place) {
            return end + SESSION_GAP > place && time > start - SESSION_GAP && time < end + SESSION_GAP;
        }
    }

    /** How deeds come in, where that matters: for repeats and for patches of one instant. */
    enum Taking {
        /** As they stand in the world. */
        ARRIVAL,
        /** By their time, as a replay does. */
        TIME
    }

    private Lane() {}

    static List<Stride> of(World world, String user, Taking taking) {
        Lane lane = new Lane();
        List<Deed> deeds = new ArrayList<>(world.deedsOf(user).toList());
        if (taking == Taking.TIME) {
            deeds.sort(Comparator.comparing(Lane::taken).thenComparing(Lane::channel));
        }
        deeds.forEach(lane::take);
        lane.sessions();
        List<Stride> ordered = new ArrayList<>(lane.strides);
        ordered.sort(ORDER);
        ordered.removeIf(stride -> stride.place() > world.until());
        return ordered;
    }

    private static Instant taken(Deed deed) {
        boolean late = deed.place() > deed.at().toEpochMilli();
        return late ? Instant.ofEpochMilli(deed.place()) : deed.at();
    }

    private static int channel(Deed deed) {
        return deed instanceof Deed.Did ? 2 : deed instanceof Deed.Patched ? 1 : 0;
    }

    private void take(Deed deed) {
        if (erasedAt != null && !deed.at().isAfter(erasedAt)) {
            return;
        }
        if (deed instanceof Deed.Did did) {
            event(did);
        } else if (deed instanceof Deed.Patched patched) {
            add(deed, Stride.PROFILE, "", new Stride.Patch(patched.fields()));
        } else if (deed instanceof Deed.Consented consented) {
            if (consentAt == null || !deed.at().isBefore(consentAt)) {
                consentAt = deed.at();
                add(deed, Stride.PRIVACY, "", new Stride.Consent(consented.purposes()));
            }
        } else {
            erasedAt = deed.at();
            consentAt = null;
            add(deed, Stride.PRIVACY, "", new Stride.Erasure());
        }
    }

    private void add(Deed deed, int rank, String tie, Stride.What what) {
        strides.add(new Stride(deed.place(), rank, tie, deed.at(), what));
    }

    private void event(Deed.Did did) {
        long time = did.at().toEpochMilli();
        List<Long> times = taken.computeIfAbsent(did.id(), id -> new ArrayList<>());
        if (times.stream().anyMatch(before -> Math.abs(before - time) <= SAME_EVENT)) {
            return;
        }
        times.add(time);
        boolean late = did.place() > time;
        Map<String, Object> said = new HashMap<>();
        did.said().forEach((name, value) -> said.put("context." + name, value));
        List<Sight> facts = new ArrayList<>();
        facts.add(new Sight(did.kind(), did.id(), time, true, said, Map.of(), late));
        if (did.kind().equals("survey_response")) {
            Map<String, Object> answered = new HashMap<>();
            did.said().forEach((name, value) -> answered.put("survey." + name, value));
            facts.add(new Sight("survey", did.id(), time, true, answered, Map.of(), late));
        }
        Object level = did.kind().equals("alarm") ? did.said().get("level") : null;
        add(did, Stride.EVENT, did.id(), new Stride.Facts(facts, level == null || late ? "" : level.toString()));
        join(time, did.place());
    }

    /** Only where deeds are taken by time does their order tell which sessions are still open; a late one needs that. */
    private void join(long time, long place) {
        List<Session> touched =
                sessions.stream().filter(session -> session.joins(time, place)).toList();
        if (touched.isEmpty() && time + SESSION_GAP <= place) {
            return;
        }
        sessions.removeAll(touched);
        List<Long> events = new ArrayList<>(List.of(time));
        touched.forEach(session -> events.addAll(session.events()));
        sessions.add(new Session(
                events.stream().mapToLong(Long::longValue).min().orElseThrow(),
                events.stream().mapToLong(Long::longValue).max().orElseThrow(),
                events));
    }

    private void sessions() {
        Set<Session> all = new HashSet<>(sessions);
        for (Session session : all) {
            long at = session.end() + SESSION_GAP;
            Map<String, Object> said = Map.of(
                    "session.events", session.events().size(), "session.duration", session.end() - session.start());
            Sight sight = new Sight("session", "session", at, false, said, Map.of(), false);
            Instant closed = Instant.ofEpochMilli(at);
            strides.add(new Stride(at, Stride.SESSION, "", closed, new Stride.Closed(sight, session.start())));
        }
    }
}
