-- Tideline's schema. Times are event times (timestamptz, microseconds) unless a comment says otherwise.
-- There are no foreign keys: rows of different tables arrive in any order, and repeated. Flyway makes the schema where it is missing.
COMMENT ON SCHEMA tideline IS 'Behaviour, signals of distress and segments, as the Tideline job writes them';

-- The order of levels and of an alert's life, for rows that must never go back.
CREATE FUNCTION tideline.urgency(level text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE level WHEN 'AMBER' THEN 1 WHEN 'RED' THEN 2 WHEN 'CRISIS' THEN 3 ELSE 0 END $$;
CREATE FUNCTION tideline.progress(status text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE status WHEN 'open' THEN 1 WHEN 'acknowledged' THEN 2 WHEN 'resolved' THEN 3 ELSE 0 END $$;

CREATE TABLE tideline.users (
    user_id uuid PRIMARY KEY,
    account_type text,
    account_type_at timestamptz,
    signup_date date,
    signup_date_at timestamptz,
    profile_status text CHECK (profile_status IN ('active', 'deactivated', 'anonymized', 'deleted')),
    profile_status_at timestamptz,
    demographic_data jsonb,
    demographic_data_at timestamptz,
    encrypted_pii bytea,
    encrypted_pii_at timestamptz,
    updated_at timestamptz,
    first_seen timestamptz,
    last_seen timestamptz,
    erased_at timestamptz
);
COMMENT ON TABLE tideline.users IS 'One row a user: the newest known of each field';
COMMENT ON COLUMN tideline.users.account_type_at IS 'The patch that the field is from; likewise the other _at columns';
COMMENT ON COLUMN tideline.users.signup_date IS 'Null where what was given is not a calendar date; profile_changes has it';
COMMENT ON COLUMN tideline.users.encrypted_pii IS 'AES-256-GCM under the user''s data key; the key''s id is in its header';
COMMENT ON COLUMN tideline.users.updated_at IS 'The newest patch';
COMMENT ON COLUMN tideline.users.erased_at IS 'When an erasure was last requested; what is older is gone';

CREATE TABLE tideline.user_properties (
    user_id uuid NOT NULL,
    name text NOT NULL,
    value jsonb,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, name)
);
CREATE INDEX user_properties_by_value ON tideline.user_properties (name, value) WHERE value IS NOT NULL;
COMMENT ON TABLE tideline.user_properties IS 'The newest value of each property';
COMMENT ON COLUMN tideline.user_properties.value IS 'Null: removed; the row stays, so that an older patch does not bring it back';

CREATE TABLE tideline.profile_changes (
    user_id uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    digest text NOT NULL,
    fields jsonb NOT NULL,
    with_pii boolean NOT NULL,
    arrival bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (user_id, updated_at, digest)
);
COMMENT ON TABLE tideline.profile_changes IS 'Every patch, from which profiles at any time can be computed again';
COMMENT ON COLUMN tideline.profile_changes.digest IS 'SHA-256 of the fields: tells patches of one instant apart';
COMMENT ON COLUMN tideline.profile_changes.arrival IS 'Of patches of one instant the later arrival wins';

CREATE TABLE tideline.behavioral_events (
    user_id uuid NOT NULL,
    event_timestamp timestamptz NOT NULL,
    event_id uuid NOT NULL,
    event_type text NOT NULL CHECK (event_type ~ '^[a-z][a-z0-9_]{0,49}$'),
    client_session uuid,
    context jsonb,
    sealed_text bytea,
    late boolean NOT NULL,
    arrived_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, event_timestamp, event_id)
) PARTITION BY RANGE (event_timestamp);
CREATE INDEX behavioral_events_by_type ON tideline.behavioral_events (event_type, event_timestamp);
COMMENT ON TABLE tideline.behavioral_events IS 'What users did; each event once';
COMMENT ON COLUMN tideline.behavioral_events.context IS 'Without the text';
COMMENT ON COLUMN tideline.behavioral_events.sealed_text IS 'The text, AES-256-GCM under the user''s data key';
COMMENT ON COLUMN tideline.behavioral_events.late IS 'Event time had passed it when it arrived';
COMMENT ON COLUMN tideline.behavioral_events.arrived_at IS 'Wall-clock time of arrival';

CREATE TABLE tideline.interactions (
    user_id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    event_id uuid NOT NULL,
    content_id uuid NOT NULL,
    interaction_type text NOT NULL
        CHECK (interaction_type IN ('view', 'like', 'comment', 'share', 'reply', 'complete')),
    sentiment smallint CHECK (sentiment BETWEEN 0 AND 4),
    sentiment_score double precision CHECK (sentiment_score BETWEEN 0 AND 4),
    late boolean NOT NULL,
    PRIMARY KEY (user_id, occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX interactions_by_content ON tideline.interactions (content_id, occurred_at);
COMMENT ON TABLE tideline.interactions IS 'content_interaction events; a comment''s text is sealed in behavioral_events';
COMMENT ON COLUMN tideline.interactions.sentiment IS 'Class of the comment: 0 very negative to 4 very positive';
COMMENT ON COLUMN tideline.interactions.sentiment_score IS 'Mean class under the five probabilities';

CREATE TABLE tideline.feedback (
    user_id uuid NOT NULL,
    given_at timestamptz NOT NULL,
    event_id uuid NOT NULL,
    feedback_type text CHECK (feedback_type IN ('rating', 'comment', 'survey')),
    content_id uuid,
    rating numeric,
    rating_max numeric NOT NULL DEFAULT 5,
    sentiment smallint CHECK (sentiment BETWEEN 0 AND 4),
    sentiment_score double precision CHECK (sentiment_score BETWEEN 0 AND 4),
    late boolean NOT NULL,
    PRIMARY KEY (user_id, given_at, event_id)
) PARTITION BY RANGE (given_at);
CREATE INDEX feedback_by_content ON tideline.feedback (content_id, given_at) WHERE content_id IS NOT NULL;
COMMENT ON TABLE tideline.feedback IS 'feedback_given events; the text is sealed in behavioral_events';
COMMENT ON COLUMN tideline.feedback.sentiment IS 'Class of the text: 0 very negative to 4 very positive';
COMMENT ON COLUMN tideline.feedback.sentiment_score IS 'Mean class under the five probabilities';

CREATE TABLE tideline.content_metadata (
    content_id uuid PRIMARY KEY,
    title text,
    kind text,
    metadata jsonb,
    first_seen timestamptz,
    last_seen timestamptz
);
COMMENT ON TABLE tideline.content_metadata IS 'Content that users met; title, kind and metadata are the platform''s to fill';

CREATE TABLE tideline.sessions (
    user_id uuid NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    events bigint NOT NULL,
    page_views bigint NOT NULL,
    messages bigint NOT NULL,
    mood_mean double precision,
    mood_min double precision,
    mood_logs bigint NOT NULL,
    sentiment_mean double precision,
    sentiment_min double precision,
    negative_texts bigint NOT NULL,
    crisis_texts bigint NOT NULL,
    CHECK (ended_at >= started_at),
    PRIMARY KEY (user_id, started_at)
) PARTITION BY RANGE (started_at);
COMMENT ON TABLE tideline.sessions IS 'Runs of events with gaps under 30 minutes';
COMMENT ON COLUMN tideline.sessions.ended_at IS 'The last event; the session was over 30 minutes later';
COMMENT ON COLUMN tideline.sessions.mood_mean IS 'On 0 to 1 of the scale';
COMMENT ON COLUMN tideline.sessions.sentiment_mean IS 'Classes 0 to 4';

CREATE TABLE tideline.facts (
    user_id uuid NOT NULL,
    fact_time timestamptz NOT NULL,
    kind text NOT NULL,
    fact_id text NOT NULL,
    fact jsonb NOT NULL,
    late boolean NOT NULL,
    PRIMARY KEY (user_id, fact_time, kind, fact_id)
) PARTITION BY RANGE (fact_time);
CREATE INDEX facts_by_kind ON tideline.facts (kind, fact_time);
COMMENT ON TABLE tideline.facts IS 'What was derived from events, without text';
COMMENT ON COLUMN tideline.facts.fact_id IS 'Of text and survey the event''s id, else made of kind and time';

CREATE TABLE tideline.risk_alerts (
    alert_id text PRIMARY KEY,
    user_id uuid NOT NULL,
    level text NOT NULL CHECK (level IN ('AMBER', 'RED', 'CRISIS')),
    status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'resolved')),
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    revision bigint NOT NULL,
    signals jsonb NOT NULL,
    signals_total bigint NOT NULL,
    summary text NOT NULL,
    reason text,
    outcome text CHECK (outcome IN ('true_positive', 'false_positive', 'unclear'))
);
CREATE INDEX risk_alerts_by_user ON tideline.risk_alerts (user_id);
CREATE INDEX risk_alerts_to_do ON tideline.risk_alerts (tideline.urgency(level) DESC, due_at) WHERE status <> 'resolved';
COMMENT ON TABLE tideline.risk_alerts IS 'Each alert as it stands; the level never falls, the revision never goes back';
COMMENT ON COLUMN tideline.risk_alerts.alert_id IS 'user/n, n counting the user''s alerts';
COMMENT ON COLUMN tideline.risk_alerts.signals IS 'The opener, the highest and the newest, at most 50';
COMMENT ON COLUMN tideline.risk_alerts.reason IS 'Why it was resolved: staff, quiet, consent';

CREATE TABLE tideline.risk_alert_history (
    alert_id text NOT NULL,
    changed_at timestamptz NOT NULL,
    message_id text NOT NULL,
    user_id uuid NOT NULL,
    revision bigint NOT NULL,
    change text NOT NULL CHECK (change IN
        ('opened', 'updated', 'escalated', 'acknowledged', 'overdue', 'resolved', 'reopened')),
    level text NOT NULL CHECK (level IN ('AMBER', 'RED', 'CRISIS')),
    status text NOT NULL CHECK (status IN ('open', 'acknowledged', 'resolved')),
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    trigger jsonb NOT NULL,
    summary text NOT NULL,
    reason text,
    action jsonb,
    sealed_note bytea,
    PRIMARY KEY (user_id, alert_id, changed_at, message_id)
) PARTITION BY RANGE (changed_at);
COMMENT ON TABLE tideline.risk_alert_history IS 'Every message about an alert, once';
COMMENT ON COLUMN tideline.risk_alert_history.message_id IS 'The id of the message on the topic';
COMMENT ON COLUMN tideline.risk_alert_history.action IS 'The staff action behind it, without its note';

CREATE TABLE tideline.segment_definitions (
    segment_id text NOT NULL,
    version int NOT NULL,
    name text NOT NULL,
    description text,
    mode text NOT NULL CHECK (mode IN ('live', 'shadow')),
    enabled boolean NOT NULL,
    document jsonb NOT NULL,
    effective_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (segment_id, version)
);
COMMENT ON TABLE tideline.segment_definitions IS 'Each accepted version of each segment';
COMMENT ON COLUMN tideline.segment_definitions.effective_at IS 'Holds for facts at or after it';

CREATE TABLE tideline.segment_membership (
    user_id uuid NOT NULL,
    segment_id text NOT NULL,
    version int NOT NULL,
    member boolean NOT NULL,
    member_since timestamptz,
    expires_at timestamptz,
    changed_at timestamptz NOT NULL,
    reason text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    PRIMARY KEY (user_id, segment_id)
);
CREATE INDEX segment_membership_members ON tideline.segment_membership (segment_id) WHERE member;
COMMENT ON TABLE tideline.segment_membership IS 'Who belongs where now; left segments stay as rows, for their sequence';
COMMENT ON COLUMN tideline.segment_membership.expires_at IS 'When time alone would end it';

CREATE TABLE tideline.segment_changes (
    user_id uuid NOT NULL,
    segment_id text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    changed_at timestamptz NOT NULL,
    message_id text NOT NULL,
    version int NOT NULL,
    change text NOT NULL CHECK (change IN ('entered', 'exited')),
    reason text NOT NULL
        CHECK (reason IN ('event', 'expiry', 'profile', 'risk', 'rule', 'consent', 'erasure')),
    cause uuid,
    member_since timestamptz,
    expires_at timestamptz,
    PRIMARY KEY (user_id, segment_id, sequence, changed_at)
) PARTITION BY RANGE (changed_at);
CREATE INDEX segment_changes_by_segment ON tideline.segment_changes (segment_id, changed_at);
COMMENT ON TABLE tideline.segment_changes IS 'Every entry and exit, written when the topic''s transaction commits';
COMMENT ON COLUMN tideline.segment_changes.sequence IS '1, 2, 3 … per user and segment';
COMMENT ON COLUMN tideline.segment_changes.cause IS 'The event''s id; null where time or a rule did it';

CREATE TABLE tideline.consents (
    user_id uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    risk_detection boolean NOT NULL,
    segmentation boolean NOT NULL,
    text_analysis boolean NOT NULL,
    PRIMARY KEY (user_id, updated_at)
);
COMMENT ON TABLE tideline.consents IS 'Every word on consent; the newest counts';

CREATE TABLE tideline.erasures (
    user_id uuid NOT NULL,
    requested_at timestamptz NOT NULL,
    executed_at timestamptz NOT NULL DEFAULT now(),
    deleted jsonb NOT NULL,
    PRIMARY KEY (user_id, requested_at)
);
COMMENT ON TABLE tideline.erasures IS 'What was erased; rows of the user up to requested_at are not written again';
COMMENT ON COLUMN tideline.erasures.executed_at IS 'Wall-clock time';
COMMENT ON COLUMN tideline.erasures.deleted IS 'Rows deleted, by table';

CREATE TABLE tideline.data_keys (
    user_id uuid NOT NULL,
    key_id uuid NOT NULL,
    wrapped_key bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, key_id)
);
COMMENT ON TABLE tideline.data_keys IS 'Users'' keys, wrapped by the master key with the user''s id as associated data; more than one after a restore';

CREATE TABLE tideline.audit_log (
    audit_id bigint PRIMARY KEY,
    entry_id text NOT NULL UNIQUE,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}',
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL
);
COMMENT ON TABLE tideline.audit_log IS 'What was done to data and alerts; each row holds the hash of the one before';
COMMENT ON COLUMN tideline.audit_log.audit_id IS '1, 2, 3 … without a gap';
COMMENT ON COLUMN tideline.audit_log.entry_id IS 'Names what it is about, so that it is written once';
COMMENT ON COLUMN tideline.audit_log.hash IS 'SHA-256 of tideline.audit_text(row): the row with prev_hash, as a JSON array';

DO $$
DECLARE
    partitioned text;
BEGIN
    FOREACH partitioned IN ARRAY ARRAY['behavioral_events', 'interactions', 'feedback', 'sessions', 'facts',
                                       'risk_alert_history', 'segment_changes'] LOOP
        EXECUTE format('CREATE TABLE tideline.%I PARTITION OF tideline.%I DEFAULT', partitioned || '_default', partitioned);
    END LOOP;
END $$;
