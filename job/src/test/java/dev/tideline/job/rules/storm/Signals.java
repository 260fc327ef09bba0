package dev.tideline.job.rules.storm;

import dev.tideline.job.rules.storm.RuleHistory.Spell;
import dev.tideline.job.rules.storm.RuleSpec.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which signals must come of probes while rules change: each rule's version is asked about the facts that it holds for. */
public final class Signals {
    private final Map<String, List<Probe>> probesOfUsers = new TreeMap<>();
    private final Set<String> found = new TreeSet<>();

    private Signals(Collection<Probe> probes) {
        for (Probe probe : probes) {
            probesOfUsers
                    .computeIfAbsent(probe.user(), user -> new ArrayList<>())
                    .add(probe);
        }
        probesOfUsers.values().forEach(each -> each.sort(Comparator.comparingLong(Probe::at)));
    }

    /** All signals, as {@link #line} writes them. */
    public static Set<String> foreseen(RuleHistory history, Collection<Probe> probes) {
        Signals signals = new Signals(probes);
        for (Spell spell : history.spells()) {
            if (spell.rule().standing() == Standing.LIVE) {
                signals.probesOfUsers.values().forEach(ofUser -> signals.find(spell, ofUser));
            }
        }
        return signals.found;
    }

    /** A signal in one line. */
    public static String line(String user, String pattern, int version, String at, List<String> events) {
        return user + " " + pattern + "/" + version + " " + at + " " + events;
    }

    private void find(Spell spell, List<Probe> ofUser) {
        List<Probe> concerned =
                ofUser.stream().filter(probe -> spell.holdsAt(probe.at())).toList();
        switch (spell.rule().shape()) {
            case SINGLE ->
                concerned.stream().filter(spell.rule()::finds).forEach(probe -> tell(spell.rule(), List.of(probe)));
            case PAIR -> {
                for (int first = 0; first < concerned.size(); first++) {
                    if (spell.rule().beginsWith(concerned.get(first))) {
                        findSecond(spell.rule(), concerned.subList(first, concerned.size()));
                    }
                }
            }
            case SEGMENT -> {}
        }
    }

    private void findSecond(RuleSpec rule, List<Probe> fromTheFirst) {
        Probe first = fromTheFirst.get(0);
        fromTheFirst.stream()
                .skip(1)
                .filter(rule::finds)
                .findFirst()
                .filter(second -> second.at() - first.at() < RuleSpec.WITHIN_MILLIS)
                .ifPresent(second -> tell(rule, List.of(first, second)));
    }

    private void tell(RuleSpec rule, List<Probe> probes) {
        Probe last = probes.get(probes.size() - 1);
        String at = Instant.ofEpochMilli(last.at()).toString();
        List<String> events = probes.stream().map(Probe::id).toList();
        found.add(line(last.user(), rule.id(), rule.version(), at, events));
    }
}
