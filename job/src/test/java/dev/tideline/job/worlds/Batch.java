package dev.tideline.job.worlds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Worlds side by side in one run. Each has people and rules of its own; what the rules of one say of the people of another is
 * left aside.
 */
record Batch(List<World> worlds) {
    /** The same worlds, all of which end where the last of them does. */
    static Batch of(List<World> worlds) {
        long until = worlds.stream().mapToLong(World::until).max().orElseThrow();
        return new Batch(worlds.stream()
                .map(world -> new World(world.seed(), world.users(), world.deeds(), world.rulings(), until))
                .toList());
    }

    /** The same with all deeds in any order. */
    Batch shuffled(long seed) {
        List<Deed> all = new ArrayList<>(deeds());
        Collections.shuffle(all, new Random(seed));
        return inOrder(all);
    }

    /** The same, with all deeds in the order of these. */
    Batch inOrder(List<Deed> all) {
        return new Batch(worlds.stream()
                .map(world -> world.with(
                        all.stream()
                                .filter(deed -> world.users().contains(deed.user()))
                                .toList(),
                        world.rulings()))
                .toList());
    }

    List<Deed> deeds() {
        return worlds.stream().flatMap(world -> world.deeds().stream()).toList();
    }

    List<Ruling> rulings() {
        return worlds.stream().flatMap(world -> world.rulings().stream()).toList();
    }

    long until() {
        return worlds.get(0).until();
    }

    /** What was told, by the seed of the world that it is of. */
    Map<Long, List<Told>> apart(List<Told> told) {
        Map<Long, List<Told>> apart = new TreeMap<>();
        for (World world : worlds) {
            apart.put(
                    world.seed(),
                    told.stream()
                            .filter(one -> world.owns(one.user(), one.segment()))
                            .toList());
        }
        return apart;
    }

    /** Whether both are of the same world. */
    boolean isOwn(String user, String segment) {
        return worlds.stream().anyMatch(world -> world.owns(user, segment));
    }
}
