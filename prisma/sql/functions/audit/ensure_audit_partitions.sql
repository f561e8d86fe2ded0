-- Creates the partitions of the audit log from `months_back` before this month to `months_ahead` after it. Safe to
-- repeat.
CREATE OR REPLACE FUNCTION ensure_audit_partitions(months_back int, months_ahead int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  this_month CONSTANT date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC');
  month date;
BEGIN
  IF months_back NOT BETWEEN 0 AND 24 OR months_ahead NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION USING ERRCODE = '22023', MESSAGE = 'months_back and months_ahead go from 0 to 24';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('ensure_audit_partitions', 0));
  FOR step IN -months_back..months_ahead LOOP
    month := this_month + make_interval(months => step);
    CONTINUE WHEN to_regclass('public.audit_log_' || to_char(month, 'YYYY_MM')) IS NOT NULL;
    BEGIN
      PERFORM public.create_audit_partition(month);
    EXCEPTION WHEN check_violation THEN
      PERFORM public.split_default_audit_partition(month);
    END;
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION ensure_audit_partitions(int, int) TO rolecall_server;
