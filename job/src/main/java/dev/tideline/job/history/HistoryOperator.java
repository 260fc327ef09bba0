package dev.tideline.job.history;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Recalled;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Every revision goes through here and is told whether it waits for the past; for those that do, the past is read once for all.
 *
 * <p>Before it is read, a fence: event time has come to the instants of the revisions, and a checkpoint that began after that
 * is complete. Then everybody has the revisions, and whatever was taken before them is in the database. When all is
 * read, the next complete checkpoint says that everybody has taken it in, and the word {@code FILLED} goes out.
 *
 * <p>Owns: the segments in force, which of them wait, one pass and how far it is · Lifecycle: a pass until it is filled or
 * nothing waits for it any more; after a restart it goes on with the user who was not through · Never: holds up checkpoints or
 * revisions for longer than a page takes, fails because the database is away.
 */
final class HistoryOperator extends AbstractStreamOperator<Arrival>
        implements TwoInputStreamOperator<Arrival, RuleRevision, Arrival> {
    private static final long serialVersionUID = 1L;
    private static final long NEVER = Long.MAX_VALUE;

    /** All revisions, and the word that history was read. */
    static final OutputTag<RuleRevision> REVISIONS =
            new OutputTag<>("revisions", TypeInformation.of(RuleRevision.class));

    /** What is said of waiting rules. */
    static final OutputTag<RuleReport> REPORTS =
            new OutputTag<>("history-reports", TypeInformation.of(RuleReport.class));

    private final List<RuleRevision> fromTheStart;
    private final HistoryOptions options;

    private transient SegmentBook book;
    private transient long highest;
    private transient @Nullable Pass pass;
    private transient long fence;
    private transient long readBefore;
    private transient long eventTime;
    private transient int told;
    private transient @Nullable PageTurner turner;
    private transient ListState<KeptSegment> segmentState;
    private transient ListState<Pass> passState;
    private transient ListState<Long> highestState;

    HistoryOperator(List<RuleRevision> fromTheStart, HistoryOptions options) {
        this.fromTheStart = List.copyOf(fromTheStart);
        this.options = options;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        segmentState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("segments", KeptSegment.class));
        passState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("pass", Pass.class));
        highestState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("highest", Long.class));
        eventTime = Long.MIN_VALUE;
        fence = NEVER;
        readBefore = NEVER;
        told = -1;
        SegmentBook begun = new SegmentBook(options);
        if (context.isRestored()) {
            restore(begun);
        } else {
            fromTheStart.forEach(begun::begin);
        }
        book = begun;
    }

    private void restore(SegmentBook begun) throws Exception {
        for (KeptSegment segment : segmentState.get()) {
            begun.restore(segment);
        }
        for (Pass kept : passState.get()) {
            pass = kept;
        }
        for (long number : highestState.get()) {
            highest = number;
        }
    }

    /** What a checkpoint holds was true when it was complete: so a pass that it ordered may begin, and one that was read is over. */
    @Override
    public void open() throws Exception {
        super.open();
        greet();
    }

    private void greet() {
        for (KeptSegment segment : book.all()) {
            if (segment.number() > 0) {
                report(sent(segment.key(), segment.number(), segment));
            }
        }
        report(RuleReport.sent(highest, null, false, null));
        goOn();
    }

    private void goOn() {
        if (pass == null) {
            return;
        }
        if (pass.read()) {
            fill(pass);
        } else {
            read(pass);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        long checkpoint = context.getCheckpointId();
        if (pass == null) {
            pass = book.pass(eventTime);
            fence = pass == null ? NEVER : checkpoint;
        } else if (pass.read() && readBefore == NEVER) {
            readBefore = checkpoint;
        }
        segmentState.update(book.all());
        passState.update(pass == null ? List.of() : List.of(pass));
        highestState.update(List.of(highest));
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        if (pass != null && fence <= checkpoint) {
            fence = NEVER;
            read(pass);
        } else if (pass != null && pass.read() && readBefore <= checkpoint) {
            fill(pass);
        }
    }

    private void read(Pass begun) {
        Past past = options.past();
        if (past == null || begun.read()) {
            // Where there is no past any more, nothing is waited for; and some wait for others alone.
            pass = begun.toTheEnd();
            return;
        }
        report(RuleReport.read(begun.number(), begun.done(), begun.users()));
        MailboxExecutor mailbox = getContainingTask()
                .getMailboxExecutorFactory()
                .createExecutor(getOperatorConfig().getChainIndex());
        PageTurner next =
                new PageTurner(past.read(begun.question(), begun.through()), mailbox, page -> take(page, begun.done()));
        turner = next;
        next.start();
    }

    private void take(Past.@Nullable Page page, long before) {
        Pass under = pass;
        if (under == null) {
            return;
        }
        if (page == null) {
            pass = under.toTheEnd();
            turner = null;
        } else {
            for (Remembered remembered : page.remembered()) {
                Recalled recalled = new Recalled(
                        under.number(),
                        remembered.takenAtMillis(),
                        remembered.first(),
                        remembered.fact(),
                        remembered.profile());
                output.collect(new StreamRecord<>(Arrival.of(remembered.user(), recalled)));
            }
            pass = under.at(page, before);
        }
        tellProgress();
    }

    private void tellProgress() {
        if (pass != null && pass.percent() != told) {
            told = pass.percent();
            report(RuleReport.read(pass.number(), pass.done(), pass.users()));
        }
    }

    private void fill(Pass filled) {
        output.collect(REVISIONS, new StreamRecord<>(RuleRevision.filled(filled.number())));
        book.filled(filled);
        end();
    }

    private void end() {
        if (turner != null) {
            turner.close();
            turner = null;
        }
        pass = null;
        fence = NEVER;
        readBefore = NEVER;
        told = -1;
    }

    @Override
    public void processElement1(StreamRecord<Arrival> element) {
        // It is time alone that matters here.
    }

    @Override
    public void processElement2(StreamRecord<RuleRevision> element) {
        RuleRevision revision = element.getValue();
        if (revision.number() > highest) {
            highest = revision.number();
            book.take(revision);
        }
        KeptSegment latest = book.get(revision.key());
        KeptSegment segment = latest != null && latest.number() == revision.number() ? latest : null;
        RuleRevision marked = segment != null && segment.awaits() ? revision.awaitingHistory() : revision;
        report(sent(revision.key(), revision.number(), segment));
        output.collect(REVISIONS, new StreamRecord<>(marked));
        if (pass != null && !book.waitsFor(pass)) {
            end();
        }
    }

    private static RuleReport sent(String key, long number, @Nullable KeptSegment segment) {
        return segment == null
                ? RuleReport.sent(number, key, false, null)
                : RuleReport.sent(number, key, segment.awaits(), segment.countingSinceMillis());
    }

    private void report(RuleReport report) {
        output.collect(REPORTS, new StreamRecord<>(report));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        eventTime = Math.max(eventTime, mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    public void close() throws Exception {
        if (turner != null) {
            turner.close();
            turner = null;
        }
        super.close();
    }
}
