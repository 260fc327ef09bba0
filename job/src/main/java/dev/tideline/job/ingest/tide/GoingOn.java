package dev.tideline.job.ingest.tide;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From a reader to the enumerator: it reads on after this checkpoint. A reader that a stop with a savepoint ends never says
 * so, and must not be told anything any more: an event that a finished task misses makes Flink fail the whole stop.
 */
record GoingOn(long checkpoint) implements SourceEvent {}
