package dev.tideline.job.ingest;

import dev.tideline.job.privacy.Sealer;
import dev.tideline.patterns.fact.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes dead letters: the reason, the place, a hash of the value, and the value itself only encrypted. */
final class DeadLetterOffice {
    /** Whose the payloads of dead letters are: what was refused has no user that could be trusted. */
    static final String OWNER = "dead-letter";

    private final @Nullable Sealer sealer;
    private final MessageDigest sha256;

    DeadLetterOffice(@Nullable Sealer sealer) {
        this.sealer = sealer;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    DeadLetter write(Received received, RefusedException refused) {
        byte[] value = received.value() == null ? new byte[0] : received.value();
        byte[] key = received.key();
        return new DeadLetter(
                refused.reason(),
                refused.detail(),
                refused.path(),
                received.topic(),
                received.partition(),
                received.offset(),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                received.receivedAt(),
                HexFormat.of().formatHex(sha256.digest(value)),
                sealer == null || received.value() == null ? null : sealer.seal(OWNER, value));
    }
}
