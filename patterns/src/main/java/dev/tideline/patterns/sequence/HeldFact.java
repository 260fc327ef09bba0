package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A fact that partial matches hold. One that comes from state stays bytes until somebody asks for it, and is written back as
 * the same bytes. May be shared by copies of a state that are used by different threads.
 */
final class HeldFact {
    /** Its place among the facts that were shown to this user's sequences; tells facts of one millisecond apart. */
    final int number;

    /** Decoding twice does no harm: facts are immutable. */
    private @Nullable Fact fact;

    private final byte @Nullable [] block;
    private final int from;
    private final int length;
    private final String user;

    HeldFact(int number, Fact fact) {
        this.number = number;
        this.fact = fact;
        this.block = null;
        this.from = 0;
        this.length = 0;
        this.user = fact.user();
    }

    /** A fact that stands at this place of the block. */
    HeldFact(int number, byte[] block, int from, int length, String user) {
        this.number = number;
        this.block = block;
        this.from = from;
        this.length = length;
        this.user = user;
    }

    private HeldFact(int number, HeldFact other) {
        this.number = number;
        this.fact = other.fact;
        this.block = other.block;
        this.from = other.from;
        this.length = other.length;
        this.user = other.user;
    }

    /** The same fact in another place. */
    HeldFact at(int place) {
        return new HeldFact(place, this);
    }

    Fact fact() {
        Fact known = fact;
        if (known == null) {
            known = decoded();
            fact = known;
        }
        return known;
    }

    private Fact decoded() {
        try {
            return FactCodec.read(user, new DataInputDeserializer(block, from, length));
        } catch (IOException damaged) {
            throw new UncheckedIOException("fact " + number + " of " + length + " bytes cannot be read", damaged);
        }
    }

    /** Writes it as bytes that {@link FactCodec} reads. */
    void write(String owner, DataOutputView out) throws IOException {
        if (block != null) {
            out.write(block, from, length);
        } else {
            FactCodec.write(fact(), owner, out);
        }
    }
}
