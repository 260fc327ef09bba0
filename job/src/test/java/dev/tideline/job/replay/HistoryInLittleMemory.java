package dev.tideline.job.replay;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.fact.Purpose;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * A program that makes a history of as many events as asked for, of always the same people and over always the same year, replays
 * it, and says how much of the heap was in use after collections.
 */
final class HistoryInLittleMemory {
    private static final Instant BEGINNING = Instant.parse("2025-01-01T00:00:00Z");
    private static final long YEAR = Duration.ofDays(365).toMillis();
    private static final int PEOPLE = 300;

    private HistoryInLittleMemory() {}

    /** Arguments: how many events, the folder. */
    public static void main(String[] arguments) throws Exception {
        int events = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        AtomicLong most = watchHeap();
        write(events, folder);
        ReplayOptions options = new ReplayOptions(
                folder,
                folder,
                folder.resolve("out"),
                null,
                null,
                List.of(Purpose.values()),
                new StaffRoutine(
                        Duration.ofHours(1).toMillis(), Duration.ofDays(7).toMillis()),
                2,
                BEGINNING.plus(Duration.ofDays(1000)));
        long lines = new Replay(options, RuleFiles.read(true, null).rules())
                .run()
                .toJson()
                .path("lines")
                .asLong();
        System.out.printf("%d lines, %d MiB after a full collection at most%n", lines, most.get() >> 20);
        System.exit(0);
    }

    private static AtomicLong watchHeap() {
        AtomicLong most = new AtomicLong();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                if (info.getGcAction().contains("major")) {
                                    long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                                            .filter(pool -> pool.getKey().contains("Gen")
                                                    || pool.getKey().contains("Space"))
                                            .map(java.util.Map.Entry::getValue)
                                            .mapToLong(MemoryUsage::getUsed)
                                            .sum();
                                    most.accumulateAndGet(used, Math::max);
                                }
                            },
                            null,
                            null);
        }
        return most;
    }

    /** Out of order, and some lines twice. */
    private static void write(int events, Path folder) throws IOException {
        Random random = new Random(5);
        List<String> block = new ArrayList<>();
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("events.jsonl"))) {
            for (int number = 0; number < events; number++) {
                Instant at = BEGINNING.plusMillis(YEAR * number / events + random.nextInt(60_000));
                block.add(event(random, number, at));
                if (random.nextInt(50) == 0) {
                    block.add(block.get(random.nextInt(block.size())));
                }
                if (block.size() >= 1_000 || number == events - 1) {
                    java.util.Collections.shuffle(block, random);
                    out.write(String.join("\n", block) + "\n");
                    block.clear();
                }
            }
        }
    }

    private static String event(Random random, int number, Instant at) {
        String type = "page_view";
        String context = "{\"path\":\"/pricing\",\"referrer\":\"/home\"}";
        int kind = random.nextInt(100);
        if (kind < 10) {
            type = "emotion_logged";
            context = "{\"mood\":" + (1 + random.nextInt(10)) + "}";
        } else if (kind < 20) {
            type = "report_generated";
            context = "{\"pages\":" + random.nextInt(12) + "}";
        }
        return "{\"event_id\":\"" + new java.util.UUID(random.nextLong(), number) + "\",\"user_id\":\""
                + new java.util.UUID(1, random.nextInt(PEOPLE)) + "\",\"event_type\":\"" + type
                + "\",\"event_timestamp\":\"" + at + "\",\"context\":" + context + "}";
    }
}
