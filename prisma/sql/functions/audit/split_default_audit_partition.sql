-- Creates the partition of the audit log for a month whose rows are in the default partition, and moves them. The audit
-- log is locked until the transaction ends; only a detached partition lets its owner see and delete rows.
CREATE OR REPLACE FUNCTION split_default_audit_partition(month date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  partition text;
BEGIN
  ALTER TABLE public.audit_log DETACH PARTITION public.audit_log_default;
  partition := public.create_audit_partition(month);
  ALTER TABLE public.audit_log_default NO FORCE ROW LEVEL SECURITY;
  EXECUTE format('ALTER TABLE public.%I NO FORCE ROW LEVEL SECURITY', partition);
  EXECUTE format('WITH misplaced AS (
      DELETE FROM public.audit_log_default WHERE created_at >= %L AND created_at < %L RETURNING *
    ) INSERT INTO public.%I SELECT * FROM misplaced',
    month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC', partition);
  ALTER TABLE public.audit_log ATTACH PARTITION public.audit_log_default DEFAULT;
  PERFORM public.guard_audit_partition(name) FROM unnest(ARRAY[partition, 'audit_log_default']) AS name;
END $$;
