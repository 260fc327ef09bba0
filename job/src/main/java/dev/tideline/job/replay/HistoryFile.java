package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;

/** The files that a history may consist of; only the events are required. */
enum HistoryFile {
    EVENTS("events.jsonl", Channel.EVENTS),
    PROFILES("profiles.jsonl", Channel.PROFILES),
    PRIVACY("privacy.jsonl", Channel.PRIVACY),
    ACTIONS("actions.jsonl", Channel.ACTIONS),
    RULES("rules.jsonl", Channel.RULES);

    private final String fileName;
    private final Channel channel;

    HistoryFile(String fileName, Channel channel) {
        this.fileName = fileName;
        this.channel = channel;
    }

    String fileName() {
        return fileName;
    }

    Channel channel() {
        return channel;
    }

    static HistoryFile of(Channel channel) {
        for (HistoryFile file : values()) {
            if (file.channel == channel) {
                return file;
            }
        }
        throw new IllegalStateException("no file holds " + channel);
    }
}
