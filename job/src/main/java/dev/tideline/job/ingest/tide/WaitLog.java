package dev.tideline.job.ingest.tide;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the broker went away or came back, and now and then what the first event is waiting for. */
final class WaitLog {
    private static final Logger LOG = LoggerFactory.getLogger(TidelineSource.class);
    private static final long EVERY_MILLIS = 10_000;

    private boolean silent;
    private boolean waited;
    private long saidAt = TideClock.NONE;

    void brokerIsSilent(String why) {
        if (!silent) {
            silent = true;
            LOG.warn("The broker does not answer, event time stands: {}", why);
        }
    }

    void brokerAnswers() {
        if (silent) {
            silent = false;
            LOG.info("The broker answers again.");
        }
    }

    void coldStart(ColdStart coldStart, TideClock tide, long wall) {
        if (saidAt == TideClock.NONE) {
            saidAt = wall;
        }
        switch (coldStart.phase()) {
            case READING ->
                say(wall, "{} records of rules, profiles and privacy requests to read", coldStart.unread(tide));
            case WAITING_FOR_CHECKPOINT -> say(wall, "{} to come before that", "a checkpoint");
            case OPEN -> {
                if (waited) {
                    waited = false;
                    LOG.info("Events are let in.");
                }
            }
        }
    }

    private void say(long wall, String what, Object detail) {
        if (wall - saidAt >= EVERY_MILLIS) {
            saidAt = wall;
            waited = true;
            LOG.info("Events are not let in yet: " + what + ".", detail);
        }
    }
}
