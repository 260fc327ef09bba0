-- Nobody but the owner sees a row unless a policy says so; afterMigrate__access.sql has the policies.
DO $$
DECLARE
    secured text;
BEGIN
    FOREACH secured IN ARRAY ARRAY['users', 'user_properties', 'profile_changes', 'behavioral_events', 'interactions',
            'feedback', 'content_metadata', 'sessions', 'facts', 'risk_alerts', 'risk_alert_history',
            'segment_definitions', 'segment_membership', 'segment_changes', 'consents', 'erasures', 'data_keys',
            'audit_log'] LOOP
        EXECUTE format('ALTER TABLE tideline.%I ENABLE ROW LEVEL SECURITY', secured);
    END LOOP;
END $$;
