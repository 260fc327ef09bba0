package dev.tideline.job.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seals what identifies a person, or what they wrote, under a key of their own: AES-256-GCM, the user's id as associated
 * data. The keys themselves travel and rest wrapped by the {@link MasterKey}; to destroy a user's wrapped keys is to make
 * unreadable what they sealed, in backups too.
 *
 * <p>Both forms are base64 of: one byte 1 (the format), the key's id (16 bytes), then what AES-256-GCM made (nonce 12,
 * ciphertext, tag 16) - of the 32 key bytes under the master key, where Tink puts its own 5 bytes in front, or of the UTF-8
 * text under the data key.
 *
 * <p>Unwrapped keys are kept in memory for the users seen last (4,096 at most), not longer than the
 * process lives. Safe for many threads.
 */
public final class TinkDataKeys implements DataKeys {
    private static final long serialVersionUID = 1L;
    private static final byte FORMAT = 1;
    private static final int HEADER = 1 + 16;
    private static final int KEY_BYTES = 32;
    private static final int REMEMBERED = 4096;

    private final MasterKey master;
    private transient @Nullable Map<Wrapped, Aead> unwrapped;

    /** Keys wrapped by this master key. */
    public TinkDataKeys(MasterKey master) {
        this.master = master;
    }

    @Override
    public String create(String user) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        UUID id = UUID.randomUUID();
        return encode(id, master.encrypt(key, associated(user)));
    }

    @Override
    public String seal(String wrapped, String user, String plain) {
        Aead key = unwrap(wrapped, user);
        try {
            return encode(
                    headerOf(decode(wrapped)), key.encrypt(plain.getBytes(StandardCharsets.UTF_8), associated(user)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM refused to encrypt", impossible);
        }
    }

    @Override
    public String open(String wrapped, String user, String sealed) {
        Aead key = unwrap(wrapped, user);
        try {
            byte[] plain = key.decrypt(body(decode(sealed)), associated(user));
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException unreadable) {
            throw new UnreadableException("the sealed text does not open with this key for this user");
        }
    }

    @Override
    public String keyId(String sealedOrWrapped) {
        return headerOf(decode(sealedOrWrapped)).toString();
    }

    private synchronized Aead unwrap(String wrapped, String user) {
        if (unwrapped == null) {
            unwrapped = new SeenLast();
        }
        return unwrapped.computeIfAbsent(new Wrapped(user, wrapped), name -> open(wrapped, user));
    }

    private Aead open(String wrapped, String user) {
        try {
            return new AesGcmJce(master.decrypt(body(decode(wrapped)), associated(user)));
        } catch (GeneralSecurityException unreadable) {
            throw new UnreadableException("the data key does not open with this master key for this user");
        }
    }

    private static byte[] associated(String user) {
        return user.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(UUID id, byte[] body) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + body.length)
                .put(FORMAT)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(body);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static byte[] decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new UnreadableException("not base64");
        }
        if (bytes.length <= HEADER || bytes[0] != FORMAT) {
            throw new UnreadableException("not of the form that this version writes");
        }
        return bytes;
    }

    private static UUID headerOf(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes, 1, HEADER - 1);
        return new UUID(header.getLong(), header.getLong());
    }

    private static byte[] body(byte[] bytes) {
        return java.util.Arrays.copyOfRange(bytes, HEADER, bytes.length);
    }

    private record Wrapped(String user, String key) {}

    private static final class SeenLast extends LinkedHashMap<Wrapped, Aead> {
        private static final long serialVersionUID = 1L;

        SeenLast() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wrapped, Aead> eldest) {
            return size() > REMEMBERED;
        }
    }
}
