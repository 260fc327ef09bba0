-- The roles of Tideline and the schema they share. Run by a superuser in the database tideline, before the migrations;
-- running it again changes nothing. Passwords are set by roles.sh, table by table rights by the migrations.

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY[
            'tideline_owner', 'tideline_job', 'tideline_support', 'tideline_product', 'tideline_privacy'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
        EXECUTE format(
            'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
        EXECUTE format('ALTER ROLE %I SET search_path = tideline', role_name);
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

-- Everything belongs to the owner, as whom only migrate and maintain log in. The job writes rows, and can therefore
-- neither lift row security nor rewrite the audit log.
CREATE SCHEMA IF NOT EXISTS tideline;
ALTER SCHEMA tideline OWNER TO tideline_owner;
GRANT USAGE ON SCHEMA tideline TO tideline_job, tideline_support, tideline_product, tideline_privacy;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- People read; a query that was forgotten does not hold back the job.
ALTER ROLE tideline_support SET statement_timeout = '60s';
ALTER ROLE tideline_product SET statement_timeout = '10min';
ALTER ROLE tideline_product SET default_transaction_read_only = on;
ALTER ROLE tideline_support SET idle_in_transaction_session_timeout = '5min';
ALTER ROLE tideline_product SET idle_in_transaction_session_timeout = '5min';
ALTER ROLE tideline_privacy SET idle_in_transaction_session_timeout = '5min';
