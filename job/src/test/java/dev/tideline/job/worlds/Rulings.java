package dev.tideline.job.worlds;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which segments are in force when, by looking at all that was ever said. */
final class Rulings {
    private Rulings() {}

    /**
     * By id. A segment that names one which is not live is not in force.
     *
     * @param rulings in the order in which they were given
     */
    static Map<String, Ruling> inForce(List<Ruling> rulings, long at) {
        Map<String, Ruling> latest = new HashMap<>();
        for (Ruling ruling : rulings) {
            Ruling before = latest.get(ruling.id());
            if (ruling.at() <= at && (before == null || before.at() <= ruling.at())) {
                latest.put(ruling.id(), ruling);
            }
        }
        Map<String, Ruling> standing = new TreeMap<>(latest);
        standing.values().removeIf(ruling -> ruling.when() == null || !ruling.enabled());
        while (standing.values().removeIf(ruling -> !names(ruling).stream().allMatch(id -> live(standing.get(id))))) {
            // Until all names lead somewhere.
        }
        return standing;
    }

    static List<String> names(Ruling ruling) {
        return ruling.when() == null
                ? List.of()
                : ruling.when()
                        .all()
                        .filter(Tree.Segment.class::isInstance)
                        .map(part -> ((Tree.Segment) part).id())
                        .toList();
    }

    private static boolean live(@org.jspecify.annotations.Nullable Ruling ruling) {
        return ruling != null && !ruling.shadow();
    }
}
