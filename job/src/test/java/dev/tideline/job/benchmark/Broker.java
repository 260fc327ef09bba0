package dev.tideline.job.benchmark;

import dev.tideline.job.demo.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, so that it shares neither heap nor collector with what is measured. */
final class Broker {
    private Broker() {}

    /** Starts it in the folder and on the port that the arguments name, and stays until the process is ended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        new CountDownLatch(1).await();
    }
}
