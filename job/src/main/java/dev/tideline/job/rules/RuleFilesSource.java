package dev.tideline.job.rules;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Says that the job has started, and from then on what is new in the rules' files. It never holds event time back: use it
 * with {@code WatermarkStrategy.noWatermarks()}, with a parallelism of 1.
 *
 * <p>What the gate was told is checkpointed, so that after a restart what changed meanwhile is told, and nothing twice.
 */
final class RuleFilesSource
        implements Source<RuleFileNews, RuleFilesSplit, Boolean>, ResultTypeQueryable<RuleFileNews> {
    private static final long serialVersionUID = 1L;

    private final RuleOptions options;

    RuleFilesSource(RuleOptions options) {
        this.options = options;
    }

    @Override
    public Boundedness getBoundedness() {
        return options.endless() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RuleFileNews, RuleFilesSplit> createReader(SourceReaderContext context) {
        return new RuleFilesReader(options);
    }

    @Override
    public SplitEnumerator<RuleFilesSplit, Boolean> createEnumerator(SplitEnumeratorContext<RuleFilesSplit> context) {
        return new RuleFilesEnumerator(context, beginning());
    }

    @Override
    public SplitEnumerator<RuleFilesSplit, Boolean> restoreEnumerator(
            SplitEnumeratorContext<RuleFilesSplit> context, Boolean unread) {
        return new RuleFilesEnumerator(context, unread ? beginning() : null);
    }

    private RuleFilesSplit beginning() {
        return new RuleFilesSplit(
                options.files() == null ? List.of() : options.files().known(), List.of());
    }

    @Override
    public SimpleVersionedSerializer<RuleFilesSplit> getSplitSerializer() {
        return new RuleFilesSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return 1;
            }

            @Override
            public byte[] serialize(Boolean unread) {
                return new byte[] {(byte) (unread ? 1 : 0)};
            }

            @Override
            public Boolean deserialize(int version, byte[] bytes) {
                return bytes[0] == 1;
            }
        };
    }

    @Override
    public TypeInformation<RuleFileNews> getProducedType() {
        return TypeInformation.of(RuleFileNews.class);
    }
}
