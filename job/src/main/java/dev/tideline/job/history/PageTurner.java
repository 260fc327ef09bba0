package dev.tideline.job.history;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the past in a thread of its own, and hands page after page to the task's thread, between all else that it does. No
 * more than a few pages wait to be taken.
 *
 * <p>Owns: a thread, a few pages · Lifecycle: until the last page was taken, or {@link #close} · Never: touches state.
 */
final class PageTurner implements AutoCloseable {
    private static final int PAGES = 3;

    /** Who takes pages, on the task's thread. */
    interface Taker {
        /** @param page null at the end */
        void take(Past.@Nullable Page page) throws Exception;
    }

    private final Past.Reading reading;
    private final MailboxExecutor mailbox;
    private final Taker taker;
    private final Semaphore places = new Semaphore(PAGES);
    private final Thread thread;
    private volatile boolean closed;

    PageTurner(Past.Reading reading, MailboxExecutor mailbox, Taker taker) {
        this.reading = reading;
        this.mailbox = mailbox;
        this.taker = taker;
        thread = new Thread(this::turn, "tideline-history");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void turn() {
        try {
            Past.Page page;
            do {
                page = reading.next();
                places.acquire();
                hand(page);
            } while (page != null);
        } catch (InterruptedException | RejectedExecutionException ended) {
            // Whoever closed it, or ended the task, wants no more.
        } catch (RuntimeException bug) {
            fail(bug);
        } finally {
            reading.close();
        }
    }

    private void hand(Past.@Nullable Page page) {
        mailbox.execute(
                () -> {
                    places.release();
                    if (!closed) {
                        taker.take(page);
                    }
                },
                "history, a page");
    }

    private void fail(RuntimeException bug) {
        if (closed) {
            return;
        }
        try {
            mailbox.execute(
                    () -> {
                        throw new FlinkRuntimeException("history cannot be read", bug);
                    },
                    "history, a failure");
        } catch (RejectedExecutionException ended) {
            // The task has ended already.
        }
    }

    /** Takes no more pages, and does not wait for the thread to notice. */
    @Override
    public void close() {
        closed = true;
        reading.close();
        thread.interrupt();
    }
}
