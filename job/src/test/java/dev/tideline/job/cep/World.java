package dev.tideline.job.cep;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens to forty people, the same for a seed: moods, page views, reports, messages with their texts, surveys, sessions
 * and changes of profile, many of them in one millisecond, arriving out of order within {@link #DISORDER}.
 */
final class World {
    /** At least so many facts are there. */
    static final int FACTS = 10_000;

    static final int USERS = 40;

    /** How much later than facts of its time one may arrive. */
    static final Duration DISORDER = Duration.ofMinutes(30);

    /** Of how many sources the facts come, each with its own idea of how far time has come. */
    static final int SOURCES = 2;

    private static final Map<Long, World> KNOWN = new ConcurrentHashMap<>();

    private final List<Item> arriving;
    private final List<Sighting> sightings;

    /**
     * One arrival and the facts that come of it.
     *
     * @param place among what bears its millisecond
     */
    record Item(
            long millis,
            String user,
            String place,
            Arrival arrival,
            List<Fact> facts,
            List<Sighting> sightings,
            UserProfile profile) {}

    private World(long seed) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            items.addAll(new Life(random, user, FACTS / USERS).items());
        }
        sightings = items.stream().flatMap(item -> item.sightings().stream()).toList();
        record Arriving(long at, Item item) {}
        arriving = items.stream()
                .map(item -> new Arriving(item.millis() + random.nextLong(DISORDER.toMillis()), item))
                .sorted(Comparator.comparingLong(Arriving::at))
                .map(Arriving::item)
                .toList();
    }

    static World of(long seed) {
        return KNOWN.computeIfAbsent(seed, World::new);
    }

    /** All worlds but this one are not needed any more. */
    static void forget() {
        KNOWN.clear();
    }

    Item item(int number) {
        return arriving.get(number);
    }

    int size() {
        return arriving.size();
    }

    /** All facts, each user's in their order. */
    List<Sighting> sightings() {
        return sightings;
    }

    long end() {
        return arriving.stream().mapToLong(Item::millis).max().orElseThrow();
    }
}
