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

    /** The id of a wrapped key, which the header of all that it seals bears too: a UUID in lower case. */
    String keyId(String wrappedKeyOrCiphertext);

    /**
     * Encrypts with a user's key; the user's id is the associated data.
     *
     * @param wrappedKey as {@link #create} gave it
     * @return base64 of the ciphertext
     * @throws UnreadableException if the key is not this user's, or not wrapped by this master key
     */
    String seal(String wrappedKey, String user, String plain);

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws UnreadableException if key, user and ciphertext do not belong together
     */
    String open(String wrappedKey, String user, String ciphertext);
}
