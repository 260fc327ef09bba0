package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;

/**
 * The partial matches of one user, over all sequences: the value that a host keeps for the user.
 *
 * <p>Owns: the facts that some partial match holds, each once, and the partial matches, as many per sequence as the matcher's
 * bound allows, and which sequences are stopped for having had more. Lifecycle: a partial match goes at the end of its window at the latest, or when its sequence is no longer
 * watched; when {@link #isEmpty()} the host clears it. Never: facts that no partial match holds.
 */
public final class SequenceState {
    final Map<String, NFAState> active;
    /** Sequences that are stopped for this user, and until when (epoch milliseconds). */
    final Map<String, Long> stopped;

    final Map<EventId, Lockable<Fact>> events;
    final Map<NodeId, Lockable<SharedBufferNode>> entries;
    int nextEvent;

    /** Nothing has happened yet. */
    public SequenceState() {
        this(new TreeMap<>(), new TreeMap<>(), new HashMap<>(), new HashMap<>(), 0);
    }

    SequenceState(
            Map<String, NFAState> active,
            Map<String, Long> stopped,
            Map<EventId, Lockable<Fact>> events,
            Map<NodeId, Lockable<SharedBufferNode>> entries,
            int nextEvent) {
        this.active = active;
        this.stopped = stopped;
        this.events = events;
        this.entries = entries;
        this.nextEvent = nextEvent;
    }

    /** Whether no partial match is left and nothing is stopped, so that nothing needs to be kept. */
    public boolean isEmpty() {
        return active.isEmpty() && stopped.isEmpty();
    }

    /** How many partial matches there are, over all sequences. */
    public int partials() {
        return active.values().stream().mapToInt(CompiledSequence::partials).sum();
    }

    /** For the host's state descriptor. Each caller gets its own. */
    public static TypeSerializer<SequenceState> serializer() {
        return new SequenceStateSerializer(factSerializer());
    }

    static TypeSerializer<Fact> factSerializer() {
        return TypeInformation.of(Fact.class).createSerializer(new SerializerConfigImpl());
    }
}
