package dev.tideline.job.cep;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fact as the stock operators see it, told apart from ours: no record, no JSON, only what a predicate may ask for.
 *
 * @param order among the facts of its user, from 0, as the contract puts them: by millisecond, of equal ones sessions first,
 *     then events by id, each followed by its text or survey
 * @param said by the name that rules have for it, such as {@code mood.level}; what is missing is not in it
 */
record Sighting(int order, String kind, String id, String user, long millis, HashMap<String, Object> said)
        implements Serializable {

    @Nullable
    Object get(String name) {
        return said.get(name);
    }

    @Override
    public String toString() {
        return java.time.Instant.ofEpochMilli(millis) + " " + kind + " " + id + " " + new java.util.TreeMap<>(said);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sighting that && order == that.order && user.equals(that.user);
    }

    @Override
    public int hashCode() {
        return Objects.hash(order, user);
    }
}
