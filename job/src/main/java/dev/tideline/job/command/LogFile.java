package dev.tideline.job.command;

import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;

/** Where a process of our own writes its log; on a cluster Flink decides, and nobody calls this. */
public final class LogFile {

    private LogFile() {}

    /** Sends the log of this process to {@code file} from now on; rolled files lie beside it. */
    public static void writeTo(Path file) {
        System.setProperty("tideline.log", file.toAbsolutePath().toString());
        Configurator.reconfigure();
    }
}
