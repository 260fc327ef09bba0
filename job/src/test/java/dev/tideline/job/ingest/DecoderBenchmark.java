package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** How many events of about 400 bytes one thread decodes in a second; run {@code main} by hand. */
final class DecoderBenchmark {
    private static final int EVENTS = 1_000_000;

    private DecoderBenchmark() {}

    public static void main(String[] arguments) {
        for (String sample : new String[] {Records.PAGE_VIEW, Records.MOOD_LOG}) {
            byte[] value = sample.getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < 6; round++) {
                long started = cpuNanos();
                long accepted = decodeAll(value);
                double seconds = (cpuNanos() - started) / 1e9;
                System.out.printf(
                        "%d bytes: %d of %d accepted, %.0f a second%n",
                        value.length, accepted, EVENTS, EVENTS / seconds);
            }
        }
    }

    /** The thread's own time, so that a busy machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long decodeAll(byte[] value) {
        Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
        Received received = Records.received(value);
        long accepted = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (decoder.decode(Channel.EVENTS, received).kind() == Arrival.Kind.EVENT) {
                accepted++;
            }
        }
        return accepted;
    }
}
