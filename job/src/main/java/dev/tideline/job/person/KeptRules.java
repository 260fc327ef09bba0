package dev.tideline.job.person;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The versions of all rules that somebody may still need: each holds from its instant until that of the next version of the
 * same rule. A later revision takes the place of all that would begin to hold at its instant or after it.
 *
 * <p>Owns: of each rule the version in force and those that are still to come, and of all rules together the
 * {@value #MOST_ENDED} versions that event time passed last, for users who were not touched since · Lifecycle: a version that
 * ended goes when so many others ended after it · Never: a version that facts in order may still ask for.
 */
final class KeptRules {
    /** So many versions that event time has passed are kept. */
    static final int MOST_ENDED = 64;

    private final Map<String, List<RuleVersion>> byKey = new TreeMap<>();
    private long begin;

    /**
     * @param kept in any order
     * @param begin before this instant nothing is known any more
     */
    KeptRules(Collection<RuleVersion> kept, long begin) {
        this.begin = begin;
        kept.stream()
                .sorted(Comparator.comparingLong(version -> version.revision().number()))
                .forEach(this::take);
    }

    void take(RuleVersion version) {
        List<RuleVersion> versions = byKey.computeIfAbsent(version.revision().key(), key -> new ArrayList<>());
        versions.removeIf(known -> known.from() >= version.from());
        versions.add(version);
    }

    /** Before this instant (epoch milliseconds) it is no longer known which segments and policies were in force. */
    long begin() {
        return begin;
    }

    /** Each version that is no removal, with the instant at which it ends. */
    void forEach(BiConsumer<RuleVersion, Long> version) {
        byKey.values().forEach(versions -> {
            for (int i = 0; i < versions.size(); i++) {
                if (!versions.get(i).removal()) {
                    version.accept(versions.get(i), end(versions, i));
                }
            }
        });
    }

    /** All of them, by key and number. */
    Map<String, RuleVersion> byNumber() {
        Map<String, RuleVersion> numbered = new HashMap<>();
        byKey.values().stream()
                .flatMap(List::stream)
                .forEach(version -> numbered.put(
                        version.revision().key() + "#" + version.revision().number(), version));
        return numbered;
    }

    /**
     * History has come for all revisions up to the pass. A version that another has taken the place of meanwhile never says
     * anything.
     *
     * @return from when on the earliest of those that waited for it holds (epoch milliseconds); {@link Long#MAX_VALUE} if none
     *     did
     */
    long fill(long pass) {
        long from = Long.MAX_VALUE;
        for (List<RuleVersion> versions : byKey.values()) {
            RuleVersion last = versions.get(versions.size() - 1);
            if (last.waits() && last.revision().number() <= pass) {
                versions.set(versions.size() - 1, last.withHistory());
                from = Math.min(from, last.from());
            }
        }
        return from;
    }

    /** What came before this instant (epoch milliseconds) is told again to nobody. */
    private long waitingSince() {
        long since = Long.MAX_VALUE;
        for (List<RuleVersion> versions : byKey.values()) {
            RuleVersion last = versions.get(versions.size() - 1);
            if (last.waits()) {
                since = Math.min(since, last.from());
            }
        }
        return since;
    }

    /** Lets go what nobody can need any more, now that event time is at the instant. */
    void forget(long upTo) {
        long now = Math.min(upTo, waitingSince() - 1);
        List<Long> ends = new ArrayList<>();
        byKey.values().forEach(versions -> ends(versions, now, ends));
        if (ends.size() > MOST_ENDED) {
            ends.sort(null);
            long through = ends.get(ends.size() - MOST_ENDED - 1);
            byKey.forEach((key, versions) -> forget(key, versions, through));
        }
        byKey.entrySet().removeIf(entry -> isNothing(entry.getValue(), now));
    }

    private static void ends(List<RuleVersion> versions, long now, List<Long> ends) {
        for (int i = 0; i < versions.size() && end(versions, i) <= now; i++) {
            ends.add(end(versions, i));
        }
    }

    private void forget(String key, List<RuleVersion> versions, long through) {
        while (end(versions, 0) <= through) {
            RuleVersion gone = versions.remove(0);
            RuleVersion next = versions.get(0);
            versions.set(0, held(gone) ? next.alsoFor(gone) : next);
            if (!key.startsWith("pattern/")) {
                begin = Math.max(begin, next.from());
            }
        }
    }

    private static boolean held(RuleVersion version) {
        return !version.removal()
                && CompiledRule.of(version.revision()).rule().header().enabled();
    }

    private static boolean isNothing(List<RuleVersion> versions, long now) {
        RuleVersion first = versions.get(0);
        return versions.size() == 1 && first.removal() && first.from() <= now;
    }

    private static long end(List<RuleVersion> versions, int index) {
        return index + 1 < versions.size() ? versions.get(index + 1).from() : Long.MAX_VALUE;
    }
}
