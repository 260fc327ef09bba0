package dev.tideline.job.rules.storm;

import dev.tideline.job.rules.storm.RuleSpec.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * What people do while rules change: mostly they look at pages; some of what they do are probes, at any time and, for
 * changes that are planned, also in the last millisecond before and the first one of each. Up to half a second out of order.
 *
 * <p>The same for a seed. Safe for several threads.
 */
public final class Traffic {
    private static final int PEOPLE = 2_000;
    private static final int DISORDER_MILLIS = 500;
    private static final int PROBES_OF_THOUSAND = 40;
    private static final int HIGHEST = 99;

    private final Random random;
    private final int perSecond;
    private final int slots;
    private final List<String> witnesses;
    private final PriorityQueue<Probe> planned =
            new PriorityQueue<>((one, other) -> Long.compare(one.at(), other.at()));
    private final Set<String> taken = new HashSet<>();
    private final List<Probe> probes = new ArrayList<>();
    private long events;
    private double owed;

    /**
     * @param perSecond events in a second of event time
     * @param witnesses how many people send probes
     * @param slots how many there are
     */
    public Traffic(long seed, int perSecond, int witnesses, int slots) {
        this.random = new Random(seed);
        this.perSecond = perSecond;
        this.slots = slots;
        this.witnesses = IntStream.range(0, witnesses)
                .mapToObj(number -> new UUID(5, number).toString())
                .toList();
    }

    /** Plans probes right before and at each of these changes. */
    public synchronized Traffic around(Collection<Change> changes) {
        for (Change change : changes) {
            RuleSpec rule = change.rule();
            if (change.key().startsWith("pattern/")) {
                boolean pair = rule == null ? change.key().contains("pair-") : rule.shape() == Shape.PAIR;
                int slot = rule == null ? slotOf(change.key()) : rule.slot();
                plan(slot, pair ? 0 : HIGHEST, change.at() - 1, HIGHEST, change.at());
                plan(slot, pair ? 0 : HIGHEST, change.at(), HIGHEST, change.at() + 1);
            }
        }
        return this;
    }

    private static int slotOf(String key) {
        return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
    }

    private void plan(int slot, int first, long firstAt, int second, long secondAt) {
        String user = witness();
        plan(new Probe(user, firstAt, slot, first));
        plan(new Probe(user, secondAt, slot, second));
    }

    private void plan(Probe probe) {
        if (taken.add(probe.user() + probe.at())) {
            planned.add(probe);
        }
    }

    /** Gives the events, each with its user, that are sent in a stretch of event time. */
    synchronized void send(long from, long until, BiConsumer<String, String> out) {
        while (!planned.isEmpty() && planned.peek().at() < until) {
            send(planned.remove(), out);
        }
        for (owed += perSecond * (until - from) / 1000.0; owed >= 1; owed--) {
            long at = from + random.nextInt((int) (until - from)) - random.nextInt(DISORDER_MILLIS);
            if (random.nextInt(1000) < PROBES_OF_THOUSAND) {
                Probe probe = new Probe(witness(), at, random.nextInt(slots), random.nextInt(100));
                if (taken.add(probe.user() + probe.at())) {
                    send(probe, out);
                }
            } else {
                String user = new UUID(6, random.nextInt(PEOPLE)).toString();
                String id = new UUID(random.nextLong(), random.nextLong()).toString();
                give(user, Probe.event(id, user, "page_view", at, "{\"path\": \"/news\"}"), out);
            }
        }
    }

    /** Gives each witness's probe after all others. */
    synchronized void sendLast(long at, BiConsumer<String, String> out) {
        witnesses.forEach(user -> send(new Probe(user, at, StormPlan.LAST.slot(), 0), out));
    }

    /** The people who send probes. */
    public List<String> witnesses() {
        return witnesses;
    }

    /** The probes that were sent so far. */
    public synchronized List<Probe> probes() {
        return List.copyOf(probes);
    }

    /** How many events were sent so far. */
    public synchronized long events() {
        return events;
    }

    private String witness() {
        return witnesses.get(random.nextInt(witnesses.size()));
    }

    private void send(Probe probe, BiConsumer<String, String> out) {
        probes.add(probe);
        give(probe.user(), probe.json(), out);
    }

    private void give(String user, String event, BiConsumer<String, String> out) {
        events++;
        out.accept(user, event);
    }
}
