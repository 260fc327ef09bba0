package dev.tideline.job.privacy;

import java.io.Serializable;

/** Encrypts bytes for someone, so that only who holds the key of that name reads them. Safe for many threads. */
public interface Sealer extends Serializable {
    /**
     * Encrypts.
     *
     * @param owner whose bytes they are; bound to the ciphertext as associated data
     * @return base64 of the ciphertext
     */
    String seal(String owner, byte[] plain);
}
