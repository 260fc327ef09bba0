package dev.tideline.job.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How records of a kind are ordered, and how they stand in a file. */
interface Codec<T> {
    Comparator<T> order();

    /** Roughly how many bytes the record takes in memory. */
    long size(T element);

    void write(T element, DataOutputStream out) throws IOException;

    /** The next record, or null at the end. */
    @Nullable
    T read(DataInputStream in) throws IOException;
}
