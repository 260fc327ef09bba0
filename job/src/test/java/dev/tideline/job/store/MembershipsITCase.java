package dev.tideline.job.store;

import static dev.tideline.job.store.Samples.ANNA;
import static dev.tideline.job.store.Samples.BERT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.emit.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipsITCase {
    private static final Instant SINCE = Instant.parse("2026-10-05T09:00:00.123Z");

    private final Database database = Database.migrated();

    @BeforeEach
    void somePeople() {
        belongs(BERT, "busy", 3, true);
        belongs(ANNA, "hesitant", 1, true);
        belongs(ANNA, "busy", 2, false);
    }

    @Test
    void tellsWhoBelongsWhereByUserAndSegment() throws SQLException {
        belongs(ANNA, "active", 5, true);

        assertThat(read(List.of()))
                .containsExactly(
                        new Membership(ANNA, "active", 7, 5, SINCE, null),
                        new Membership(ANNA, "hesitant", 7, 1, SINCE, null),
                        new Membership(BERT, "busy", 7, 3, SINCE, null));
    }

    @Test
    void tellsOfTheSegmentsThatAreAskedForAlone() throws SQLException {
        assertThat(read(List.of("busy"))).containsExactly(new Membership(BERT, "busy", 7, 3, SINCE, null));
    }

    @Test
    void tellsWhenTimeAloneWouldEndIt() throws SQLException {
        database.run("UPDATE tideline.segment_membership SET expires_at = '2026-10-06T00:00:00Z'");

        assertThat(read(List.of("hesitant")))
                .extracting(Membership::expiresAt)
                .containsExactly(Instant.parse("2026-10-06T00:00:00Z"));
    }

    @Test
    void seesNothingOfWhatChangesWhileItReads() throws SQLException {
        try (Connection connection = database.connect()) {
            Memberships memberships = Memberships.begin(connection);
            database.run("UPDATE tideline.segment_membership SET member = NOT member");
            List<Membership> seen = new ArrayList<>();
            memberships.forEach(List.of(), seen::add);

            assertThat(seen).extracting(Membership::segment).containsExactly("hesitant", "busy");
        }
        assertThat(read(List.of())).extracting(Membership::sequence).containsExactly(2L);
    }

    @Test
    void knowsASegmentByItsDefinitionOrByWhoWasInIt() throws SQLException {
        database.run("INSERT INTO tideline.segment_definitions (segment_id, version, name, mode, enabled, document,"
                + " effective_at) VALUES ('empty', 1, 'Nobody yet', 'live', true, '{}', now())");
        try (Connection connection = database.connect()) {
            assertThat(Memberships.begin(connection).unknownOf(List.of("bsuy", "empty", "busy", "bsuy", "a")))
                    .containsExactly("a", "bsuy");
        }
    }

    private List<Membership> read(List<String> segments) throws SQLException {
        try (Connection connection = database.connect()) {
            List<Membership> seen = new ArrayList<>();
            Memberships.begin(connection).forEach(segments, seen::add);
            return seen;
        }
    }

    private void belongs(String user, String segment, int sequence, boolean member) {
        database.run("INSERT INTO tideline.segment_membership (user_id, segment_id, version, member, member_since,"
                + " changed_at, reason, sequence) VALUES ('" + user + "', '" + segment + "', 7, " + member + ", '"
                + SINCE + "', '" + SINCE + "', 'event', " + sequence + ")");
    }
}
