package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class StoreRowTest {
    private static List<StoreRow> rows() {
        List<StoreRow> rows = new ArrayList<>(EventRows.of(Samples.feedback(1, ANNA, BEGINNING), Samples.hours(9)));
        rows.addAll(Rows.of(Samples.segmentChange(ANNA, 1, false)));
        return rows;
    }

    @Test
    void travelsWithoutKryoNullsIncluded() throws Exception {
        SerializerConfigImpl withoutKryo =
                new SerializerConfigImpl(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        TypeSerializer<StoreRow> serializer = TypeInformation.of(StoreRow.class).createSerializer(withoutKryo);
        for (StoreRow row : rows()) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(row, out);
            assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(row);
        }
    }

    @Test
    void restsInACheckpointAsItWas() throws Exception {
        StoreBatchSerializer serializer = new StoreBatchSerializer();
        StoreBatch batch = new StoreBatch(rows());

        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(batch)))
                .isEqualTo(batch);
        assertThatThrownBy(() -> serializer.deserialize(2, serializer.serialize(batch)))
                .hasMessage("rows of version 2 in the checkpoint; this job reads 1");
    }

    @Test
    void hasAValueForEachColumn() {
        assertThatThrownBy(() -> StoreRow.of(Table.CONSENTS, ANNA)).hasMessage("CONSENTS takes 5 values, not 1");
    }

    @Test
    void knowsTheMonthOfItsPartition() {
        assertThat(EventRows.of(Samples.pageView(1, ANNA, BEGINNING), null))
                .extracting(StoreRow::month)
                .containsExactly("2026-10", null);
    }
}
