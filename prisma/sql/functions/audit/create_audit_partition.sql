-- Creates the partition of the audit log for a month and returns its name. Fails with check_violation while rows of this
-- month are in the default partition.
CREATE OR REPLACE FUNCTION create_audit_partition(month date) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  partition CONSTANT text := 'audit_log_' || to_char(month, 'YYYY_MM');
BEGIN
  EXECUTE format('CREATE TABLE public.%I PARTITION OF public.audit_log FOR VALUES FROM (%L) TO (%L)', partition,
    to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
    to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
  PERFORM public.guard_audit_partition(partition);
  RETURN partition;
END $$;
