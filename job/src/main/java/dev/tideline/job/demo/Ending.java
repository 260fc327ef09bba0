package dev.tideline.job.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How and when the demo ends. The first one to end it decides the exit code. Thread-safe. */
final class Ending {
    /** As planned. */
    static final int GOOD = 0;
    /** By a fault of the job or of what it stands on. */
    static final int FAILED = 1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private int exitCode = GOOD;

    /** Ends the demo; false if it has been ended before. */
    synchronized boolean end(int code) {
        if (hasCome()) {
            return false;
        }
        exitCode = code;
        ended.countDown();
        return true;
    }

    boolean hasCome() {
        return ended.getCount() == 0;
    }

    synchronized int exitCode() {
        return exitCode;
    }

    /** Waits for the end; true if it came within that time. */
    boolean await(Duration most) {
        try {
            return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            // Nobody interrupts a demo but to end it.
            Thread.currentThread().interrupt();
            end(FAILED);
            return true;
        }
    }
}
