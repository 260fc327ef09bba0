package dev.tideline.patterns.fact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names made from content: equal parts, equal name, on every machine and in every run. SHA-256, shortened. */
public final class Fingerprint {
    private static final int HEX_BYTES = 16;
    private static final MessageDigest SHA_256 = first();

    private Fingerprint() {}

    /** 32 lower-case hex digits (128 bits) over the parts; where a part ends matters. */
    public static String hex(Object... parts) {
        return HexFormat.of().formatHex(digest(parts), 0, HEX_BYTES);
    }

    /** 64 bits over the parts; where a part ends matters. */
    public static long bits(Object... parts) {
        return ByteBuffer.wrap(digest(parts)).getLong();
    }

    private static byte[] digest(Object... parts) {
        MessageDigest digest = sha256();
        byte[] length = new byte[Integer.BYTES];
        for (Object part : parts) {
            byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < length.length; i++) {
                length[i] = (byte) (bytes.length >>> (length.length - 1 - i) * Byte.SIZE);
            }
            digest.update(length);
            digest.update(bytes);
        }
        return digest.digest();
    }

    /** A fresh one: to copy the first costs far less than to look it up again. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own digests can be copied", e);
        }
    }

    private static MessageDigest first() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
