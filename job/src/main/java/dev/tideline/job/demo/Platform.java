package dev.tideline.job.demo;

import dev.tideline.job.demo.simulation.Emission;
import dev.tideline.job.ingest.Channel;
import dev.tideline.job.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records to the topics when their time has come, like any other producer. Runs on a thread of its own. */
final class Platform implements Runnable {
    private static final Duration NAP = Duration.ofMillis(20);
    private static final int NOTE_EVERY = 500;

    private final Iterator<Emission> emissions;
    private final Pace pace;
    private final Settings.Kafka kafka;
    private final Ending ending;
    private final LongConsumer progress;
    private final AtomicLong events = new AtomicLong();
    private long written;

    /**
     * @param written how many records were written before this run
     * @param progress told now and then how many records are safely written in all
     */
    Platform(
            Iterator<Emission> emissions,
            Pace pace,
            Settings.Kafka kafka,
            Ending ending,
            long written,
            LongConsumer progress) {
        this.emissions = emissions;
        this.pace = pace;
        this.kafka = kafka;
        this.ending = ending;
        this.written = written;
        this.progress = progress;
    }

    /** How many events were written in this run. */
    long events() {
        return events.get();
    }

    @Override
    public void run() {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrap(), "linger.ms", "5");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            while (emissions.hasNext() && !ending.hasCome()) {
                Emission emission = emissions.next();
                if (!isTimeFor(emission.at())) {
                    break;
                }
                write(producer, emission);
            }
            note(producer);
        }
    }

    /** Waits until it is time; false if the demo ended before. */
    private boolean isTimeFor(Instant at) {
        while (pace.now().isBefore(at)) {
            if (ending.await(NAP)) {
                return false;
            }
        }
        return true;
    }

    private void write(KafkaProducer<String, String> producer, Emission emission) {
        String key = emission.key().isEmpty() ? null : emission.key();
        producer.send(new ProducerRecord<>(topic(emission.channel()), key, emission.value()));
        written++;
        if (emission.channel() == Channel.EVENTS) {
            events.incrementAndGet();
        }
        if (written % NOTE_EVERY == 0) {
            note(producer);
        }
    }

    // What is noted too late is written twice after a crash, and the job drops the repeats by their ids.
    private void note(KafkaProducer<String, String> producer) {
        producer.flush();
        progress.accept(written);
    }

    private String topic(Channel channel) {
        return switch (channel) {
            case EVENTS -> kafka.topics().events();
            case PROFILES -> kafka.topics().profiles();
            case PRIVACY -> kafka.topics().privacy();
            case RULES -> kafka.topics().rules();
            case ACTIONS -> kafka.topics().actions();
        };
    }
}
