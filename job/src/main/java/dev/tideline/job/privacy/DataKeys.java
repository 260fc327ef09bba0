package dev.tideline.job.privacy;

import java.io.Serializable;

/**
 * Data keys, one for each user, wrapped by the master key. Serializable, because it travels with the operators; safe for
 * many threads.
 */
public interface DataKeys extends Serializable {
    /**
     * Makes a new key for a user.
     *
     * @return the key in wrapped form, as base64: it is safe to keep in state and in a database
     */
    String create(String user);

    /**
     * Encrypts with a user's key; the user's id is the associated data.
     *
     * @param wrappedKey as {@link #create} gave it
     * @return base64 of the ciphertext
     */
    String seal(String wrappedKey, String user, String plain);
}
