package dev.tideline.job.benchmark;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The last two moods of a user; of the older one only where it was the higher. */
final class LastTwoMoods {
    String id = "";
    long at;
    double level;
    boolean falling;
    String idBefore = "";
    long atBefore;

    boolean isEmpty() {
        return id.isEmpty();
    }

    void clear() {
        id = "";
        falling = false;
        idBefore = "";
    }

    void next(String nextId, long nextAt, double nextLevel, boolean nextFalling) {
        idBefore = nextFalling ? id : "";
        atBefore = at;
        id = nextId;
        at = nextAt;
        level = nextLevel;
        falling = nextFalling;
    }

    /** Writes it in some 60 bytes. */
    static final class Serializer extends TypeSerializerSingleton<LastTwoMoods> {
        private static final long serialVersionUID = 1L;

        @Override
        public void serialize(LastTwoMoods moods, DataOutputView target) throws IOException {
            target.writeUTF(moods.id);
            target.writeLong(moods.at);
            target.writeDouble(moods.level);
            target.writeBoolean(moods.falling);
            if (moods.falling) {
                target.writeUTF(moods.idBefore);
                target.writeLong(moods.atBefore);
            }
        }

        @Override
        public LastTwoMoods deserialize(DataInputView source) throws IOException {
            LastTwoMoods moods = new LastTwoMoods();
            moods.id = source.readUTF();
            moods.at = source.readLong();
            moods.level = source.readDouble();
            moods.falling = source.readBoolean();
            if (moods.falling) {
                moods.idBefore = source.readUTF();
                moods.atBefore = source.readLong();
            }
            return moods;
        }

        @Override
        public LastTwoMoods deserialize(LastTwoMoods reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public LastTwoMoods copy(LastTwoMoods from) {
            LastTwoMoods copy = new LastTwoMoods();
            copy.id = from.id;
            copy.at = from.at;
            copy.level = from.level;
            copy.falling = from.falling;
            copy.idBefore = from.idBefore;
            copy.atBefore = from.atBefore;
            return copy;
        }

        @Override
        public LastTwoMoods copy(LastTwoMoods from, LastTwoMoods reuse) {
            return copy(from);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            serialize(deserialize(source), target);
        }

        @Override
        public LastTwoMoods createInstance() {
            return new LastTwoMoods();
        }

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public TypeSerializerSnapshot<LastTwoMoods> snapshotConfiguration() {
            throw new UnsupportedOperationException("the benchmark takes no checkpoints");
        }
    }
}
