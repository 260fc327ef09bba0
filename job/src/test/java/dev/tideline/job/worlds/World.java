package dev.tideline.job.worlds;

import java.util.List;
import java.util.stream.Stream;

/**
 * People and the segments that look at them.
 *
 * @param deeds in the order of their arrival
 * @param rulings by their instants
 * @param until where time ends, in epoch milliseconds
 */
record World(long seed, List<String> users, List<Deed> deeds, List<Ruling> rulings, long until) {

    Stream<Deed> deedsOf(String user) {
        return deeds.stream().filter(deed -> deed.user().equals(user));
    }

    boolean owns(String user, String segment) {
        return segment.startsWith("w" + seed + "-") && users.contains(user);
    }

    World with(List<Deed> fewer, List<Ruling> less) {
        return new World(seed, users, fewer, less, until);
    }

    /** Rules as YAML (of which JSON is a part), the rest as JSON lines. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("world " + seed + " until " + java.time.Instant.ofEpochMilli(until));
        text.append("\n--- rules\n");
        rulings.forEach(ruling -> text.append(ruling.line()).append('\n'));
        text.append("--- deeds\n");
        deeds.forEach(deed -> {
            text.append(deed.line());
            if (deed.place() != deed.at().toEpochMilli()) {
                text.append("   comes at ").append(java.time.Instant.ofEpochMilli(deed.place()));
            }
            text.append('\n');
        });
        return text.toString();
    }
}
