package dev.tideline.job.demo.simulation;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A seeded source of chance: the same draws for the same seed, on every machine. For one thread. */
final class Chance {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Random random;

    /** One of many independent sources: that of the {@code index}-th person under the seed. */
    Chance(long seed, long index) {
        this.random = new Random(mixed(seed + GOLDEN * (index + 1)));
    }

    boolean holds(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code least} up to, and without, {@code bound}. */
    double between(double least, double bound) {
        return least + (bound - least) * random.nextDouble();
    }

    /** Both ends included. */
    int whole(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    double gaussian(double deviation) {
        return random.nextGaussian() * deviation;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A random UUID of version 4. */
    String uuid() {
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** The finaliser of SplitMix64: neighbouring seeds give unrelated streams. */
    private static long mixed(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
