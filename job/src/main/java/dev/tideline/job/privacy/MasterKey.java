package dev.tideline.job.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.tideline.job.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The one key that wraps every user's data key, and seals what belongs to no user: a Tink keyset for AEAD, so that it can be rotated by adding a new primary
 * and keeping the old ones.
 *
 * <p>Thread-safe. It travels with the function that uses it and builds its primitive where it arrives.
 */
public final class MasterKey implements Sealer {
    private static final long serialVersionUID = 1L;

    private final Secret keyset;
    private transient volatile @Nullable Aead primitive;

    private MasterKey(Secret keyset) {
        this.keyset = keyset;
        this.primitive = primitiveOf(keyset);
    }

    /**
     * From a keyset in Tink's JSON form, as {@code tinkey create-keyset --key-template AES256_GCM} writes it.
     *
     * @throws IllegalArgumentException if it is not a keyset for AEAD; the message holds nothing of it
     */
    public static MasterKey of(Secret keyset) {
        return new MasterKey(keyset);
    }

    /** A new AES-256-GCM keyset in Tink's JSON form: for the demo, and to begin with. */
    public static Secret generate() {
        try {
            AeadConfig.register();
            KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return new Secret(TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no AES-256-GCM", impossible);
        }
    }

    @Override
    public String seal(String owner, byte[] plain) {
        return Base64.getEncoder().encodeToString(encrypt(plain, owner.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws UnreadableException if owner, key and ciphertext do not belong together
     */
    public byte[] open(String owner, String sealed) {
        try {
            return decrypt(Base64.getDecoder().decode(sealed), owner.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new UnreadableException("what was sealed does not open with this master key for this owner");
        }
    }

    byte[] encrypt(byte[] plain, byte[] associated) {
        try {
            return aead().encrypt(plain, associated);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM refused to encrypt", impossible);
        }
    }

    byte[] decrypt(byte[] sealed, byte[] associated) throws GeneralSecurityException {
        return aead().decrypt(sealed, associated);
    }

    private Aead aead() {
        Aead known = primitive;
        if (known == null) {
            known = primitiveOf(keyset);
            primitive = known;
        }
        return known;
    }

    private static Aead primitiveOf(Secret keyset) {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.parseKeyset(keyset.value(), InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // Neither message nor cause goes on: a parser's message may quote what it read.
            throw new IllegalArgumentException("the master key is not a Tink keyset for AEAD in JSON ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public String toString() {
        return "MasterKey ***";
    }
}
