package dev.tideline.job.rules;

import java.util.Map;
import java.util.Set;

/**
 * The files of a folder, as far as they stand still.
 *
 * @param files by name, relative to the folder
 * @param moving names of files that are being written, or came or went just now: nobody knows yet what they hold
 */
record FolderView(Map<String, byte[]> files, Set<String> moving) {}
