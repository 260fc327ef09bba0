package dev.tideline.patterns.sequence;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
 * Flink CEP's shared buffer, standing on the partial matches of one user and sequence at a time instead of on keyed state. One
 * thread.
 */
final class UserBuffer {
    private final MemoryMap<EventId, Lockable<HeldFact>> events = new MemoryMap<>();
    private final MemoryMap<NodeId, Lockable<SharedBufferNode>> entries = new MemoryMap<>();
    private final EventNumbers numbers = new EventNumbers();
    private final SharedBuffer<HeldFact> buffer;

    UserBuffer() {
        buffer = new SharedBuffer<>(store(), new PlacedFacts(new FactTable()));
        // Each shared buffer starts a thread of its own that only logs figures of its cache.
        buffer.releaseCacheStatisticsTimer();
    }

    /** Something to be done while the buffer holds one user's facts. */
    @FunctionalInterface
    interface Work<R> {
        R with(SharedBufferAccessor<HeldFact> accessor) throws Exception;
    }

    /** Does the work on these partial matches. */
    <R> R on(NfaPartials partials, Work<R> work) throws Exception {
        events.standOn(partials.events);
        entries.standOn(partials.entries);
        numbers.continueAt(partials.nextEvent);
        R result;
        // Closing the accessor empties the buffer's caches, which know nothing of users, into this user's maps.
        try (SharedBufferAccessor<HeldFact> accessor = buffer.getAccessor()) {
            result = work.with(accessor);
        }
        partials.nextEvent = numbers.next();
        return result;
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
