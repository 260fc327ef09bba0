package dev.tideline.job.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What became of one segment, from its changes in time order. */
final class SegmentFigures {
    private long entered;
    private long exited;
    private long most;
    private String instant = "";

    void take(String time, boolean entry) {
        if (!time.equals(instant)) {
            look();
            instant = time;
        }
        if (entry) {
            entered++;
        } else {
            exited++;
        }
    }

    /** All changes of an instant count together. */
    private void look() {
        most = Math.max(most, entered - exited);
    }

    ObjectNode toJson(ObjectMapper mapper) {
        look();
        return mapper.createObjectNode()
                .put("entered", entered)
                .put("exited", exited)
                .put("members_at_end", entered - exited)
                .put("most_members", most);
    }
}
