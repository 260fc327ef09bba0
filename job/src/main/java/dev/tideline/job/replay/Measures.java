package dev.tideline.job.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.job.replay.Labels.Labelled;
import dev.tideline.patterns.fact.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well alerts met the labels.
 *
 * <p>ERDE_o (Losada and Crestani 2016): the mean over users of: false alarm = the share of positive users, miss 1, true
 * negative 0, hit {@code 1 - 1/(1 + e^(k - o))} with k days from the first event to the alert. Latency-weighted F1 (Sadeque
 * and others 2018): F1 × (1 − the median over hits of {@code -1 + 2/(1 + e^(-0.0078 (k - 1)))}).
 */
final class Measures {
    private static final double LATENCY_RATE = 0.0078;
    private static final double DAYS_PER_MONTH = 30.4375;
    private static final int[] ERDE_DAYS = {5, 50};

    private final Labels labels;
    private final Map<String, Map<Level, Instant>> firstAlerts;
    private final long episodes;

    /**
     * @param firstAlerts by user the first time that an alert was at the level or above
     * @param episodes alerts of labelled users that opened or rose
     */
    Measures(Labels labels, Map<String, Map<Level, Instant>> firstAlerts, long episodes) {
        this.labels = labels;
        this.firstAlerts = firstAlerts;
        this.episodes = episodes;
    }

    ObjectNode toJson(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        for (Level level : Level.values()) {
            json.set(level.name(), level(mapper, level));
        }
        double months =
                labels.byUser().values().stream().mapToDouble(Measures::months).sum();
        json.put("alert_episodes_per_user_month", months > 0 ? episodes / months : null);
        json.put("labelled_users", labels.byUser().size());
        return json;
    }

    private ObjectNode level(ObjectMapper mapper, Level level) {
        long hits = 0;
        long falseAlarms = 0;
        long misses = 0;
        long quiet = 0;
        List<Double> delays = new ArrayList<>();
        List<Double> leads = new ArrayList<>();
        for (Map.Entry<String, Labelled> user : labels.byUser().entrySet()) {
            Labelled labelled = user.getValue();
            Instant alert = firstAlerts.getOrDefault(user.getKey(), Map.of()).get(level);
            if (alert == null) {
                misses += labelled.positive() ? 1 : 0;
                quiet += labelled.positive() ? 0 : 1;
            } else if (labelled.positive()) {
                hits++;
                delays.add(days(labelled.first(), alert));
                if (labelled.onset() != null) {
                    leads.add(days(alert, labelled.onset()));
                }
            } else {
                falseAlarms++;
            }
        }
        ObjectNode json = mapper.createObjectNode();
        json.put("hits", hits)
                .put("misses", misses)
                .put("false_alarms", falseAlarms)
                .put("true_negatives", quiet);
        Double precision = ratio(hits, hits + falseAlarms);
        Double recall = ratio(hits, hits + misses);
        json.put("precision", precision).put("recall", recall);
        json.put("latency_weighted_f1", latencyWeighted(precision, recall, delays));
        for (int o : ERDE_DAYS) {
            json.put("erde_" + o, erde(o, delays, misses, falseAlarms));
        }
        json.put("median_lead_days", leads.isEmpty() ? null : median(leads));
        json.put("users_alerted", hits + falseAlarms);
        return json;
    }

    private @Nullable Double erde(int o, List<Double> delays, long misses, long falseAlarms) {
        int users = labels.byUser().size();
        if (users == 0) {
            return null;
        }
        double positives =
                labels.byUser().values().stream().filter(Labelled::positive).count() / (double) users;
        double sum = misses + falseAlarms * positives;
        for (double k : delays) {
            sum += 1 - 1 / (1 + Math.exp(k - o));
        }
        return sum / users;
    }

    private static @Nullable Double latencyWeighted(
            @Nullable Double precision, @Nullable Double recall, List<Double> delays) {
        if (precision == null || recall == null || precision + recall == 0) {
            return null;
        }
        List<Double> penalties = new ArrayList<>();
        delays.forEach(k -> penalties.add(-1 + 2 / (1 + Math.exp(-LATENCY_RATE * (k - 1)))));
        double f1 = 2 * precision * recall / (precision + recall);
        return f1 * (1 - median(penalties));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static @Nullable Double ratio(long part, long whole) {
        return whole == 0 ? null : part / (double) whole;
    }

    private static double days(@Nullable Instant from, Instant to) {
        return from == null ? 0 : Duration.between(from, to).toMillis() / 86_400_000.0;
    }

    private static double months(Labelled user) {
        return user.first() == null || user.last() == null ? 0 : days(user.first(), user.last()) / DAYS_PER_MONTH;
    }
}
