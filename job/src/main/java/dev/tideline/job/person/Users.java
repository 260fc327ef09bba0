package dev.tideline.job.person;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.jspecify.annotations.Nullable;

/**
 * All users of a task, one after the other, while things go on happening to them. Who comes later is not among them: whoever
 * is new stands under the rules of the day.
 *
 * <p>RocksDB goes through a picture of the moment at which one began. The heap must not change while one goes through it, so
 * there the users are listed first: by reference, some eight bytes each.
 */
final class Users implements AutoCloseable {
    private static final String ROCKSDB = "rocksdb";

    private final KeyedStateBackend<String> backend;
    private final boolean listed;
    private @Nullable Stream<String> open;
    private Iterator<String> left = List.<String>of().iterator();

    Users(KeyedStateBackend<String> backend) {
        this.backend = backend;
        listed = !backend.getBackendTypeIdentifier().equals(ROCKSDB);
    }

    /**
     * Begins with the first.
     *
     * @return how many there are; −1 where nobody knows but who counts them
     */
    long begin() {
        close();
        Stream<String> users = backend.getKeys(PersonStore.EVERYBODY, VoidNamespace.INSTANCE);
        if (!listed) {
            open = users;
            left = users.iterator();
            return -1;
        }
        List<String> list = new ArrayList<>();
        try (users) {
            users.forEach(list::add);
        }
        left = list.iterator();
        return list.size();
    }

    boolean hasNext() {
        return left.hasNext();
    }

    /** @throws NoSuchElementException after the last */
    String next() {
        return left.next();
    }

    /** Lets go of what is read; must come before the state itself is closed. */
    @Override
    public void close() {
        left = List.<String>of().iterator();
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
