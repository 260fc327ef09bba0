package dev.tideline.patterns.sequence;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.cep.nfa.ComputationState;
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
 * Partial matches as Flink CEP keeps them: the states of an NFA, and the shared buffer's events and entries.
 *
 * <p>Written by Flink CEP's own serializers, the facts apart.
 */
final class NfaPartials implements Partials {
    private static final NFAStateSerializer STATES = new NFAStateSerializer();
    private static final NodeId.NodeIdSerializer NODE_IDS = new NodeId.NodeIdSerializer();
    private static final EventId.EventIdSerializer EVENT_IDS = EventId.EventIdSerializer.INSTANCE;
    private static final Lockable.LockableTypeSerializer<SharedBufferNode> NODES =
            new Lockable.LockableTypeSerializer<>(new SharedBufferNodeSerializer());

    private final long within;
    final NFAState states;
    final Map<EventId, Lockable<HeldFact>> events = new HashMap<>();
    final Map<NodeId, Lockable<SharedBufferNode>> entries = new HashMap<>();
    int nextEvent;

    NfaPartials(long within, NFAState states) {
        this.within = within;
        this.states = states;
    }

    @Override
    public Form form() {
        return Form.NFA;
    }

    @Override
    public int count() {
        // One more computation always waits for a beginning.
        return Math.max(0, states.getPartialMatches().size() - 1);
    }

    /**
     * Each carries the path of facts that it took, and each link of the path its own version number, as long as the path up to
     * there: so a loop over n facts weighs n²/2, and n loops begun one after the other together n³/6. About four bytes a unit.
     */
    @Override
    public long weight() {
        long weight = 0;
        for (ComputationState partial : states.getPartialMatches()) {
            long length = partial.getVersion().length();
            weight += length * (length + 1) / 2;
        }
        return weight;
    }

    @Override
    public long due() {
        // The queue is ordered by begin, and the state that waits for a beginning comes last.
        ComputationState earliest = states.getPartialMatches().peek();
        return earliest == null || earliest.getStartEventID() == null
                ? SequenceState.NEVER
                : earliest.getStartTimestamp() + within;
    }

    @Override
    public void collect(FactTable facts) {
        events.values().forEach(event -> facts.add(event.getElement()));
    }

    @Override
    public void write(FactTable facts, DataOutputView out) throws IOException {
        STATES.serialize(states, out);
        Packed.writeNatural(out, nextEvent);
        Lockable.LockableTypeSerializer<HeldFact> locked =
                new Lockable.LockableTypeSerializer<>(new PlacedFacts(facts));
        Packed.writeNatural(out, events.size());
        for (Map.Entry<EventId, Lockable<HeldFact>> event : events.entrySet()) {
            EVENT_IDS.serialize(event.getKey(), out);
            locked.serialize(event.getValue(), out);
        }
        Packed.writeNatural(out, entries.size());
        for (Map.Entry<NodeId, Lockable<SharedBufferNode>> entry : entries.entrySet()) {
            NODE_IDS.serialize(entry.getKey(), out);
            NODES.serialize(entry.getValue(), out);
        }
    }

    static NfaPartials read(long within, HeldFact[] facts, DataInputView in) throws IOException {
        NfaPartials partials = new NfaPartials(within, STATES.deserialize(in));
        partials.nextEvent = Packed.readCount(in);
        Lockable.LockableTypeSerializer<HeldFact> locked = new Lockable.LockableTypeSerializer<>(PlacedFacts.of(facts));
        for (int left = Packed.readCount(in); left > 0; left--) {
            partials.events.put(EVENT_IDS.deserialize(in), locked.deserialize(in));
        }
        for (int left = Packed.readCount(in); left > 0; left--) {
            partials.entries.put(NODE_IDS.deserialize(in), NODES.deserialize(in));
        }
        return partials;
    }

    @Override
    public Partials copy() {
        NFAState copied = new NFAState(
                new PriorityQueue<>(states.getPartialMatches()), new PriorityQueue<>(states.getCompletedMatches()));
        NfaPartials copy = new NfaPartials(within, copied);
        Lockable.LockableTypeSerializer<HeldFact> locked =
                new Lockable.LockableTypeSerializer<>(new PlacedFacts(new FactTable()));
        events.forEach((id, event) -> copy.events.put(id, locked.copy(event)));
        entries.forEach((id, entry) -> copy.entries.put(id, NODES.copy(entry)));
        copy.nextEvent = nextEvent;
        return copy;
    }
}
