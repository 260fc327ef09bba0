package dev.tideline.job.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a world that fails smaller for as long as it still fails. */
final class Shrink {
    private final Predicate<World> fails;
    private int left;

    private Shrink(Predicate<World> fails, int trials) {
        this.fails = fails;
        left = trials;
    }

    /**
     * A world that fails, from which nothing can be taken away without making it good.
     *
     * @param trials after so many it is small enough
     */
    static World smallest(World failing, Predicate<World> fails, int trials) {
        return new Shrink(fails, trials).smallest(failing);
    }

    private World smallest(World failing) {
        World world = failing;
        World before;
        do {
            before = world;
            for (String user : failing.users()) {
                World alone = world;
                world = attempt(world, alone.with(alone.deedsOf(user).toList(), alone.rulings()));
            }
            world = fewer(world, World::rulings, (one, less) -> one.with(one.deeds(), less));
            world = fewer(world, World::deeds, (one, less) -> one.with(less, one.rulings()));
            world = simpler(world);
        } while (!world.equals(before));
        return world;
    }

    private interface Without<T> {
        World of(World world, List<T> left);
    }

    private World attempt(World world, World smaller) {
        boolean less = smaller.deeds().size() < world.deeds().size();
        return less && fails(smaller) ? smaller : world;
    }

    /** A world that has become nonsense does not fail. */
    private boolean fails(World world) {
        if (left-- <= 0) {
            return false;
        }
        try {
            return fails.test(world);
        } catch (RuntimeException | AssertionError nonsense) {
            return false;
        }
    }

    private <T> World fewer(World start, Function<World, List<T>> of, Without<T> without) {
        World world = start;
        for (int size = Math.max(1, of.apply(world).size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < of.apply(world).size(); ) {
                List<T> left = new ArrayList<>(of.apply(world));
                left.subList(from, Math.min(left.size(), from + size)).clear();
                World smaller = without.of(world, left);
                if (fails(smaller)) {
                    world = smaller;
                } else {
                    from += size;
                }
            }
        }
        return world;
    }

    /** Puts a part of a condition in the place of the whole. */
    private World simpler(World start) {
        World world = start;
        for (int i = 0; i < world.rulings().size(); i++) {
            Ruling ruling = world.rulings().get(i);
            for (Tree tree : simpler(ruling.when())) {
                List<Ruling> rulings = new ArrayList<>(world.rulings());
                rulings.set(
                        i,
                        new Ruling(
                                ruling.at(), ruling.id(), ruling.version(), ruling.shadow(), ruling.enabled(), tree));
                World smaller = world.with(world.deeds(), rulings);
                if (fails(smaller)) {
                    world = smaller;
                    i--;
                    break;
                }
            }
        }
        return world;
    }

    private static List<Tree> simpler(@org.jspecify.annotations.Nullable Tree tree) {
        List<Tree> simpler = new ArrayList<>();
        if (tree instanceof Tree.All all) {
            simpler.addAll(all.parts());
            without(all.parts()).forEach(parts -> simpler.add(new Tree.All(parts)));
            replaced(all.parts()).forEach(parts -> simpler.add(new Tree.All(parts)));
        } else if (tree instanceof Tree.Any any) {
            simpler.addAll(any.parts());
            without(any.parts()).forEach(parts -> simpler.add(new Tree.Any(parts)));
            replaced(any.parts()).forEach(parts -> simpler.add(new Tree.Any(parts)));
        } else if (tree instanceof Tree.Not not) {
            simpler.add(not.part());
            simpler(not.part()).forEach(part -> simpler.add(new Tree.Not(part)));
        }
        return simpler;
    }

    private static List<List<Tree>> without(List<Tree> parts) {
        List<List<Tree>> all = new ArrayList<>();
        for (int i = 0; i < parts.size() && parts.size() > 1; i++) {
            List<Tree> left = new ArrayList<>(parts);
            left.remove(i);
            all.add(left);
        }
        return all;
    }

    private static List<List<Tree>> replaced(List<Tree> parts) {
        List<List<Tree>> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (Tree smaller : simpler(parts.get(i))) {
                List<Tree> changed = new ArrayList<>(parts);
                changed.set(i, smaller);
                all.add(changed);
            }
        }
        return all;
    }
}
