package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstSeenTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Against all times of all ids, kept for ever. */
    @Test
    void anIdCountsOnceWithinADayOfOneThatCounted() {
        Random random = new Random(4);
        RepeatedIds repeated = new RepeatedIds();
        List<byte[]> events = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < 20_000; i++) {
            // Mostly new ids, and some that come again; times that meet the bound exactly.
            events.add(event(random.nextInt(3) == 0 ? random.nextInt(40) : 1_000 + i));
            time += random.nextInt(4) * (DAY / 12);
            times.add(time);
        }
        events.forEach(repeated::saw);
        FirstSeen seen = new FirstSeen(repeated);
        Map<ByteBuffer, Long> counted = new HashMap<>();

        int repeats = 0;
        for (int i = 0; i < events.size(); i++) {
            ByteBuffer id = ByteBuffer.wrap(events.get(i), 0, 16).slice();
            Long before = counted.get(id);
            boolean first = before == null || times.get(i) - before > DAY;
            if (first) {
                counted.put(id, times.get(i));
            }
            repeats += first ? 0 : 1;

            assertThat(seen.isFirst(events.get(i), times.get(i)))
                    .as("event %d", i)
                    .isEqualTo(first);
        }
        assertThat(repeats).isBetween(100, 19_000);
    }

    private static byte[] event(long id) {
        return ByteBuffer.allocate(20).putLong(7 * id).putLong(id).array();
    }
}
