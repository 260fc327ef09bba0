package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a {@link SequenceState} as: format, next event number, facts (each once), partial matches by sequence, stopped sequences, events,
 * entries. Parts that Flink CEP owns are written by Flink CEP's serializers.
 */
final class SequenceStateSerializer extends TypeSerializer<SequenceState> {
    private static final long serialVersionUID = 1;

    /** Raised whenever the layout changes; other layouts are refused. */
    static final int FORMAT = 2;

    private static final NFAStateSerializer PARTIALS = new NFAStateSerializer();
    private static final NodeId.NodeIdSerializer NODE_IDS = new NodeId.NodeIdSerializer();
    private static final EventId.EventIdSerializer EVENT_IDS = EventId.EventIdSerializer.INSTANCE;
    private static final Lockable.LockableTypeSerializer<SharedBufferNode> NODES =
            new Lockable.LockableTypeSerializer<>(new SharedBufferNodeSerializer());

    private final TypeSerializer<Fact> factSerializer;

    SequenceStateSerializer(TypeSerializer<Fact> factSerializer) {
        this.factSerializer = factSerializer;
    }

    TypeSerializer<Fact> factSerializer() {
        return factSerializer;
    }

    @Override
    public void serialize(SequenceState state, DataOutputView target) throws IOException {
        target.writeByte(FORMAT);
        target.writeInt(state.nextEvent);
        FactTable table = new FactTable();
        state.events.values().forEach(event -> table.add(event.getElement()));
        target.writeInt(table.facts().size());
        for (Fact fact : table.facts()) {
            factSerializer.serialize(fact, target);
        }
        target.writeInt(state.active.size());
        for (Map.Entry<String, NFAState> sequence : state.active.entrySet()) {
            target.writeUTF(sequence.getKey());
            PARTIALS.serialize(sequence.getValue(), target);
        }
        target.writeInt(state.stopped.size());
        for (Map.Entry<String, Long> sequence : state.stopped.entrySet()) {
            target.writeUTF(sequence.getKey());
            target.writeLong(sequence.getValue());
        }
        Lockable.LockableTypeSerializer<Fact> events = new Lockable.LockableTypeSerializer<>(table);
        target.writeInt(state.events.size());
        for (Map.Entry<EventId, Lockable<Fact>> event : state.events.entrySet()) {
            EVENT_IDS.serialize(event.getKey(), target);
            events.serialize(event.getValue(), target);
        }
        target.writeInt(state.entries.size());
        for (Map.Entry<NodeId, Lockable<SharedBufferNode>> entry : state.entries.entrySet()) {
            NODE_IDS.serialize(entry.getKey(), target);
            NODES.serialize(entry.getValue(), target);
        }
    }

    @Override
    public SequenceState deserialize(DataInputView source) throws IOException {
        int format = source.readByte();
        if (format != FORMAT) {
            throw new IOException("partial matches were written in format " + format + ", known is " + FORMAT);
        }
        int nextEvent = source.readInt();
        FactTable table = new FactTable();
        for (int left = source.readInt(); left > 0; left--) {
            table.add(factSerializer.deserialize(source));
        }
        Map<String, NFAState> active = new TreeMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            active.put(source.readUTF(), PARTIALS.deserialize(source));
        }
        Map<String, Long> stopped = new TreeMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            stopped.put(source.readUTF(), source.readLong());
        }
        Lockable.LockableTypeSerializer<Fact> lockables = new Lockable.LockableTypeSerializer<>(table);
        Map<EventId, Lockable<Fact>> events = new HashMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            events.put(EVENT_IDS.deserialize(source), lockables.deserialize(source));
        }
        Map<NodeId, Lockable<SharedBufferNode>> entries = new HashMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            entries.put(NODE_IDS.deserialize(source), NODES.deserialize(source));
        }
        return new SequenceState(active, stopped, events, entries, nextEvent);
    }

    @Override
    public SequenceState copy(SequenceState from) {
        Map<String, NFAState> active = new TreeMap<>();
        from.active.forEach((sequence, state) -> active.put(
                sequence,
                new NFAState(
                        new PriorityQueue<>(state.getPartialMatches()),
                        new PriorityQueue<>(state.getCompletedMatches()))));
        Lockable.LockableTypeSerializer<Fact> lockables = new Lockable.LockableTypeSerializer<>(new FactTable());
        Map<EventId, Lockable<Fact>> events = new HashMap<>();
        from.events.forEach((id, event) -> events.put(id, lockables.copy(event)));
        Map<NodeId, Lockable<SharedBufferNode>> entries = new HashMap<>();
        from.entries.forEach((id, entry) -> entries.put(id, NODES.copy(entry)));
        return new SequenceState(active, new TreeMap<>(from.stopped), events, entries, from.nextEvent);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public SequenceState copy(SequenceState from, SequenceState reuse) {
        return copy(from);
    }

    @Override
    public SequenceState deserialize(SequenceState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public SequenceState createInstance() {
        return new SequenceState();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializer<SequenceState> duplicate() {
        return new SequenceStateSerializer(factSerializer.duplicate());
    }

    @Override
    public TypeSerializerSnapshot<SequenceState> snapshotConfiguration() {
        return new SequenceStateSerializerSnapshot(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequenceStateSerializer that && factSerializer.equals(that.factSerializer);
    }

    @Override
    public int hashCode() {
        return factSerializer.hashCode();
    }
}
