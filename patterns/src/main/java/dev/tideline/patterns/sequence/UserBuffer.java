package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;

/**
 * Flink CEP's shared buffer, standing on one user's {@link SequenceState} at a time instead of on keyed state. One thread.
 */
final class UserBuffer {
    private final MemoryMap<EventId, Lockable<Fact>> events = new MemoryMap<>();
    private final MemoryMap<NodeId, Lockable<SharedBufferNode>> entries = new MemoryMap<>();
    private final EventNumbers numbers = new EventNumbers();
    private final SharedBuffer<Fact> buffer;

    UserBuffer() {
        buffer = new SharedBuffer<>(store(), SequenceState.factSerializer());
        // Each shared buffer starts a thread of its own that only logs figures of its cache.
        buffer.releaseCacheStatisticsTimer();
    }

    /** Something to be done while the buffer holds one user's facts. */
    @FunctionalInterface
    interface Work {
        void with(SharedBufferAccessor<Fact> accessor) throws Exception;
    }

    /**
     * Does the work on this user's facts.
     *
     * @throws IllegalStateException if the shared buffer fails, which is a bug and not the fact's fault
     */
    void on(SequenceState state, Work work) {
        events.standOn(state.events);
        entries.standOn(state.entries);
        numbers.continueAt(state.nextEvent);
        // Closing the accessor empties the buffer's caches, which know nothing of users, into this user's maps.
        try (SharedBufferAccessor<Fact> accessor = buffer.getAccessor()) {
            work.with(accessor);
        } catch (Exception broken) {
            throw new IllegalStateException(
                    "the shared buffer failed with " + state.partials() + " partial matches", broken);
        }
        state.nextEvent = numbers.next();
    }

    /** Lets go of everything that no partial match holds, after a failure that may have left something behind. */
    void sweep(SequenceState state) {
        Set<EventId> held = new HashSet<>();
        on(
                state,
                accessor -> state.active
                        .values()
                        .forEach(partials -> held.addAll(CompiledSequence.held(accessor, partials))));
        state.events.keySet().retainAll(held);
        state.entries.keySet().removeIf(entry -> !held.contains(entry.getEventId()));
    }

    private KeyedStateStore store() {
        return (KeyedStateStore) Proxy.newProxyInstance(
                UserBuffer.class.getClassLoader(),
                new Class<?>[] {KeyedStateStore.class},
                (proxy, method, arguments) -> map(method, arguments));
    }

    private MapState<?, ?> map(Method method, Object[] arguments) {
        String asked = arguments.length == 1 && arguments[0] instanceof MapStateDescriptor<?, ?> descriptor
                ? descriptor.getName()
                : method.getName();
        return switch (asked) {
            case "sharedBuffer-events" -> events;
            case "sharedBuffer-entries-with-lockable-edges" -> entries;
            case "sharedBuffer-events-count" -> numbers;
            default ->
                throw new UnsupportedOperationException("this Flink's shared buffer keeps more than we know: " + asked);
        };
    }
}
