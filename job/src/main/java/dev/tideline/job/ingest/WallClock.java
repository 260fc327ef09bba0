package dev.tideline.job.ingest;

import java.io.Serializable;

/** What the clock on the wall shows: the one place where the job asks for it. Everything else is told the time. */
@FunctionalInterface
public interface WallClock extends Serializable {
    /** The clock of this machine. */
    WallClock SYSTEM = System::currentTimeMillis;

    /** Milliseconds since 1970. Any thread may ask. */
    long millis();
}
