package dev.tideline.job.cluster.kills;

import dev.tideline.job.cluster.kills.Deed.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * People who look at pages and buy for three hours, and what is sent of it: up to eight seconds out of order, here and there
 * in the same millisecond, and one in forty again a little later. The same for a seed. Immutable.
 */
public final class Crowd {
    /** Before it nobody did anything (epoch milliseconds). */
    public static final long BEGINNING = Instant.parse("2025-11-03T10:00:00Z").toEpochMilli();

    /** Nobody does anything after it (epoch milliseconds). */
    public static final long END = BEGINNING + 3 * 3_600_000L;

    private static final int DEEDS_OF_ONE = 100;
    private static final int DISORDER_MILLIS = 8_000;
    private static final int ONE_IN_SO_MANY_AGAIN = 40;
    private static final int AGAIN_AFTER = 150;

    private final List<String> people;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Deed> sent = new ArrayList<>();
    private final List<Patch> patches = new ArrayList<>();

    /** @param size how many different events there are */
    public Crowd(long seed, int size) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        for (int number = 0; number < size / DEEDS_OF_ONE; number++) {
            names.add(new UUID(7, number).toString());
        }
        people = List.copyOf(names);
        people.forEach(person -> patch(person, random));
        for (int number = 0; number < size; number++) {
            long due = BEGINNING + (END - BEGINNING) * number / size;
            Deed deed = deed(Math.max(BEGINNING, due - random.nextInt(DISORDER_MILLIS)), random);
            deeds.add(deed);
            sent.add(deed);
            if (number > AGAIN_AFTER && random.nextInt(ONE_IN_SO_MANY_AGAIN) == 0) {
                sent.add(deeds.get(number - random.nextInt(AGAIN_AFTER)));
            }
        }
    }

    /** Everybody. */
    public List<String> people() {
        return people;
    }

    /** Each event once, in no order that means anything. */
    public List<Deed> deeds() {
        return deeds;
    }

    /** What is sent, in that order, repeats included. */
    public List<Deed> sent() {
        return sent;
    }

    /** All that is ever said of accounts. */
    public List<Patch> patches() {
        return patches;
    }

    /**
     * An event of nobody's, which lets time pass.
     *
     * @param at epoch milliseconds
     */
    public static Deed tick(int partition, long at) {
        return new Deed(new UUID(8, partition).toString(), at, new UUID(9, partition).toString(), Kind.TICK);
    }

    private void patch(String person, Random random) {
        long at = BEGINNING - random.nextInt(3_600_000);
        for (int left = random.nextInt(4); left > 0; left--) {
            patches.add(new Patch(person, at, random.nextBoolean() ? "free" : "paid"));
            at += 1 + random.nextInt(5_400_000);
        }
    }

    private Deed deed(long at, Random random) {
        String person = people.get(random.nextInt(people.size()));
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        if (!deeds.isEmpty() && random.nextInt(50) == 0) {
            Deed before = deeds.get(deeds.size() - 1);
            return new Deed(before.user(), before.at(), id, kind(random));
        }
        return new Deed(person, at, id, kind(random));
    }

    private static Kind kind(Random random) {
        int dice = random.nextInt(100);
        return dice < 12 ? Kind.BOUGHT : dice < 30 ? Kind.LOOKED_AT_PRICING : Kind.LOOKED_AT_NEWS;
    }
}
