-- Makes the partition of a month, and moves there what the default partition already holds of it. Runs with its owner's
-- rights, so that the job needs none to create tables.
CREATE FUNCTION tideline.ensure_partition(partitioned text, month date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
    DECLARE
        first_day date := date_trunc('month', month)::date;
        -- Months are UTC's, wherever the server stands.
        month_begins timestamptz := first_day::timestamp AT TIME ZONE 'UTC';
        month_ends timestamptz := (first_day + interval '1 month')::timestamp AT TIME ZONE 'UTC';
        partition_name text := partitioned || to_char(first_day, '_YYYY_MM');
        time_column text;
    BEGIN
        SELECT a.attname INTO time_column
            FROM pg_partitioned_table p
            JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
            WHERE p.partrelid = to_regclass(format('tideline.%I', partitioned));
        IF time_column IS NULL THEN
            RAISE EXCEPTION 'no partitioned table %', partitioned USING ERRCODE = 'undefined_table';
        END IF;
        IF to_regclass(format('tideline.%I', partition_name)) IS NOT NULL THEN
            RETURN false;
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('tideline.partitions'));
        -- Before one looks again: a lock on a table, unlike the advisory one, also brings this session's catalogue up to date.
        EXECUTE format('LOCK TABLE tideline.%I IN ACCESS EXCLUSIVE MODE', partitioned || '_default');
        IF to_regclass(format('tideline.%I', partition_name)) IS NOT NULL THEN
            RETURN false;
        END IF;
        EXECUTE format('CREATE TABLE tideline.%I (LIKE tideline.%I INCLUDING ALL)', partition_name, partitioned);
        EXECUTE format(
            'WITH moved AS (DELETE FROM tideline.%I WHERE %I >= %L AND %I < %L RETURNING *)'
                ' INSERT INTO tideline.%I SELECT * FROM moved',
            partitioned || '_default', time_column, month_begins, time_column, month_ends, partition_name);
        EXECUTE format('ALTER TABLE tideline.%I ATTACH PARTITION tideline.%I FOR VALUES FROM (%L) TO (%L)',
            partitioned, partition_name, month_begins, month_ends);
        RETURN true;
    END $$;
REVOKE ALL ON FUNCTION tideline.ensure_partition(text, date) FROM PUBLIC;
