package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.Purpose;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate knows of one user.
 *
 * @param granted the purposes of the consent on record; of no meaning while there is none
 * @param consentAt when the consent on record was given; null while there is none
 * @param wrappedKey the user's data key, encrypted by the master key; null until something is to be sealed
 * @param erasedAt when the user last asked to be forgotten; null if never
 */
public record UserGate(
        List<Purpose> granted,
        @Nullable Instant consentAt,
        @Nullable String wrappedKey,
        @Nullable Instant erasedAt) {
    /** A user who has said nothing yet. */
    static final UserGate NEW = new UserGate(List.of(), null, null, null);

    /** The consent on record, or what counts without one. */
    List<Purpose> purposes(List<Purpose> byDefault) {
        return consentAt == null ? byDefault : granted;
    }

    /** Whether it lies before, or at, the instant from which the user asked to be forgotten. */
    boolean isErased(Instant at) {
        return erasedAt != null && !at.isAfter(erasedAt);
    }

    /** Whether a newer request than this one has already been heeded; of equal ones the later arrival counts. */
    boolean isOutdated(PrivacyRequest request) {
        return isErased(request.at())
                || (!request.erasure() && consentAt != null && request.at().isBefore(consentAt));
    }

    /** After the request: an erasure leaves nothing but the memory of itself. */
    UserGate after(PrivacyRequest request) {
        return request.erasure()
                ? new UserGate(List.of(), null, null, request.at())
                : new UserGate(request.granted(), request.at(), wrappedKey, erasedAt);
    }

    UserGate withKey(String wrapped) {
        return new UserGate(granted, consentAt, wrapped, erasedAt);
    }
}
