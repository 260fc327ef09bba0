package dev.tideline.patterns.fact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user of the platform did.
 *
 * <p>A person's words ({@code text}) are there only between decoding and scoring; from then on they are null, and
 * {@code textFact} says what they meant. {@code sealedText} is their ciphertext on its way to the database; it is dropped
 * before the event is kept in any state.
 *
 * @param id the producer's UUID in lower case
 * @param user the pseudonymous user's UUID in lower case
 * @param type event type, {@code [a-z][a-z0-9_]{0,49}}
 * @param at event time, to the microsecond; evaluation cuts it to the millisecond
 * @param clientSession the client's own session id, a UUID in lower case
 * @param context the context as JSON without the text field; null if the event had none
 * @param text the person's words, until they are scored
 * @param sealedText base64 of the encrypted words
 * @param textFact what the words mean, once they are scored
 * @param allowed the purposes the user consents to, at the time of arrival
 * @param arrivedAt when it arrived; decides due times only
 */
public record Event(
        String id,
        String user,
        String type,
        Instant at,
        @Nullable String clientSession,
        @Nullable String context,
        @Nullable String text,
        @Nullable String sealedText,
        @Nullable TextFact textFact,
        List<Purpose> allowed,
        Instant arrivedAt) {

    /** Whether the user consents to the purpose. */
    public boolean allows(Purpose purpose) {
        return allowed.contains(purpose);
    }

    /** The same event for the given purposes, with its words encrypted. */
    public Event gated(List<Purpose> purposes, @Nullable String ciphertext) {
        return new Event(id, user, type, at, clientSession, context, text, ciphertext, textFact, purposes, arrivedAt);
    }

    /** The same event without its words, and with what they mean where they were scored. */
    public Event scored(@Nullable TextFact meaning) {
        return new Event(id, user, type, at, clientSession, context, null, sealedText, meaning, allowed, arrivedAt);
    }

    /** The same event without the ciphertext: what may be kept in state. */
    public Event withoutSealedText() {
        return sealedText == null
                ? this
                : new Event(id, user, type, at, clientSession, context, text, null, textFact, allowed, arrivedAt);
    }
}
