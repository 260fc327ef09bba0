package dev.tideline.job.store;

import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Writes the rows of completed checkpoints. While the database is away it waits for a minute and then hands the rows
 * back to be tried again; when Flink has tried often enough, the job restarts and goes on with them from its checkpoint.
 */
final class StoreCommitter implements Committer<StoreBatch> {
    private final BatchWriter writer;

    StoreCommitter(BatchWriter writer) {
        this.writer = writer;
    }

    @Override
    public void commit(Collection<CommitRequest<StoreBatch>> requests) throws InterruptedException {
        boolean away = false;
        for (CommitRequest<StoreBatch> request : requests) {
            // In their order: a later batch does not overtake one that has to wait.
            if (away) {
                request.retryLater();
                continue;
            }
            try {
                List<RefusedRow> refused = writer.write(request.getCommittable().rows());
                if (!refused.isEmpty()) {
                    request.signalFailedWithKnownReason(
                            new IllegalStateException(refused.size() + " rows refused, the first with SQLState "
                                    + refused.get(0).sqlState()));
                }
            } catch (DatabaseAwayException gone) {
                away = true;
                request.retryLater();
            }
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
