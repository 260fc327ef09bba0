-- The audit log numbers and chains itself: a row cannot be changed, taken out or put in between without being noticed.
CREATE FUNCTION tideline.audit_text(entry tideline.audit_log) RETURNS text LANGUAGE sql STABLE
    AS $$
    SELECT jsonb_build_array(entry.audit_id, entry.entry_id,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        entry.actor, entry.action, entry.subject, entry.detail, encode(entry.prev_hash, 'hex'))::text
    $$;

CREATE FUNCTION tideline.audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    DECLARE
        last record;
    BEGIN
        -- One writer at a time, until its transaction ends: the chain has no forks.
        PERFORM pg_advisory_xact_lock(hashtext('tideline.audit_log'));
        SELECT audit_id, hash INTO last FROM tideline.audit_log ORDER BY audit_id DESC LIMIT 1;
        NEW.audit_id := coalesce(last.audit_id, 0) + 1;
        NEW.prev_hash := coalesce(last.hash, '\x'::bytea);
        NEW.hash := sha256(convert_to(tideline.audit_text(NEW), 'UTF8'));
        RETURN NEW;
    END $$;

CREATE FUNCTION tideline.audit_stays() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit log is never changed' USING ERRCODE = 'insufficient_privilege'; END $$;

CREATE TRIGGER chain BEFORE INSERT ON tideline.audit_log FOR EACH ROW EXECUTE FUNCTION tideline.audit_chain();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON tideline.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION tideline.audit_stays();
