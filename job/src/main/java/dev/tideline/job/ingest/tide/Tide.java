package dev.tideline.job.ingest.tide;

import org.apache.flink.api.connector.source.SourceEvent;

/** From the enumerator to all readers: event time has come this far. */
record Tide(TideReading reading) implements SourceEvent {}
