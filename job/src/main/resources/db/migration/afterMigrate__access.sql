-- Who may see what: run after each migration, so that roles which are made later get their rights at the next one.
-- Roles belong to the whole server: they are made here where the migrating user may, else by docker/postgres/roles.sql.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['tideline_job', 'tideline_support', 'tideline_product', 'tideline_privacy'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
            EXCEPTION
                WHEN insufficient_privilege THEN
                    RAISE NOTICE 'role % is not there, and this user may not create it', role_name;
                WHEN duplicate_object OR unique_violation THEN
                    NULL; -- somebody else was faster
            END;
        END IF;
    END LOOP;
END $$;

DO $$
DECLARE
    permission record;
BEGIN
    FOR permission IN
        SELECT * FROM (VALUES
            ('tideline_job', 'USAGE ON SCHEMA tideline'),
            ('tideline_job', 'SELECT, INSERT, UPDATE, DELETE ON tideline.users, tideline.user_properties,
                tideline.profile_changes, tideline.behavioral_events, tideline.interactions, tideline.feedback,
                tideline.content_metadata, tideline.sessions, tideline.facts, tideline.risk_alerts,
                tideline.risk_alert_history, tideline.segment_definitions, tideline.segment_membership,
                tideline.segment_changes, tideline.consents, tideline.data_keys'),
            ('tideline_job', 'SELECT, INSERT ON tideline.erasures, tideline.audit_log'),
            ('tideline_job', 'EXECUTE ON FUNCTION tideline.ensure_partition(text, date)'),

            ('tideline_support', 'USAGE ON SCHEMA tideline'),
            ('tideline_support', 'SELECT ON tideline.risk_alerts, tideline.facts, tideline.sessions'),
            ('tideline_support', 'SELECT (alert_id, changed_at, message_id, user_id, revision, change, level, status,
                opened_at, due_at, trigger, summary, reason, action) ON tideline.risk_alert_history'),

            ('tideline_product', 'USAGE ON SCHEMA tideline'),
            ('tideline_product', 'SELECT ON tideline.segment_definitions, tideline.segment_membership,
                tideline.segment_changes, tideline.content_metadata, tideline.interactions, tideline.user_properties'),
            ('tideline_product', 'SELECT (user_id, event_timestamp, event_id, event_type, client_session, context, late,
                arrived_at) ON tideline.behavioral_events'),
            ('tideline_product', 'SELECT (user_id, account_type, signup_date, profile_status, first_seen, last_seen)
                ON tideline.users'),

            ('tideline_privacy', 'USAGE ON SCHEMA tideline'),
            ('tideline_privacy', 'SELECT ON tideline.consents, tideline.erasures, tideline.audit_log'),
            ('tideline_privacy', 'SELECT (user_id, key_id, created_at) ON tideline.data_keys'),
            ('tideline_privacy', 'SELECT (user_id, profile_status, updated_at, first_seen, last_seen, erased_at)
                ON tideline.users')
        ) AS wanted (role_name, rights)
        WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = role_name)
    LOOP
        EXECUTE format('GRANT %s TO %I', permission.rights, permission.role_name);
    END LOOP;
END $$;

DO $$
DECLARE
    policy record;
BEGIN
    FOR policy IN
        SELECT * FROM (
            -- The job writes everything.
            SELECT 'tideline_job', tablename, 'ALL', 'true' FROM pg_tables
                WHERE schemaname = 'tideline' AND rowsecurity
            UNION ALL VALUES
            -- Support sees the people it has an alert about, and nobody else.
            ('tideline_support', 'risk_alerts', 'SELECT', 'true'),
            ('tideline_support', 'risk_alert_history', 'SELECT', 'true'),
            ('tideline_support', 'facts', 'SELECT',
                'EXISTS (SELECT FROM tideline.risk_alerts a WHERE a.user_id = facts.user_id)'),
            ('tideline_support', 'sessions', 'SELECT',
                'EXISTS (SELECT FROM tideline.risk_alerts a WHERE a.user_id = sessions.user_id)'),
            -- Product sees what people do, not how they feel.
            ('tideline_product', 'behavioral_events', 'SELECT',
                'event_type NOT IN (''emotion_logged'', ''survey_response'')'),
            ('tideline_product', 'interactions', 'SELECT', 'true'),
            ('tideline_product', 'content_metadata', 'SELECT', 'true'),
            ('tideline_product', 'users', 'SELECT',
                'coalesce(profile_status, ''active'') NOT IN (''anonymized'', ''deleted'')'),
            ('tideline_product', 'user_properties', 'SELECT', 'true'),
            ('tideline_product', 'segment_definitions', 'SELECT', 'true'),
            ('tideline_product', 'segment_membership', 'SELECT', 'true'),
            ('tideline_product', 'segment_changes', 'SELECT', 'true'),
            ('tideline_privacy', 'users', 'SELECT', 'true'),
            ('tideline_privacy', 'consents', 'SELECT', 'true'),
            ('tideline_privacy', 'erasures', 'SELECT', 'true'),
            ('tideline_privacy', 'data_keys', 'SELECT', 'true'),
            ('tideline_privacy', 'audit_log', 'SELECT', 'true')
        ) AS wanted (role_name, table_name, command, condition)
        WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = role_name)
            AND NOT EXISTS (SELECT FROM pg_policies p
                WHERE p.schemaname = 'tideline' AND p.tablename = table_name AND p.policyname = role_name)
    LOOP
        EXECUTE format('CREATE POLICY %I ON tideline.%I FOR %s TO %I USING (%s)',
            policy.role_name, policy.table_name, policy.command, policy.role_name, policy.condition);
    END LOOP;
END $$;
