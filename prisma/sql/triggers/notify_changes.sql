-- A hint to every server that something of a tenant has changed: the payload is the tenant and the kind of what changed, or
-- the tenant alone for an attempt that was denied. No change is without its audit row, so one trigger tells of all.
CREATE OR REPLACE FUNCTION notify_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('tenant_changed', concat_ws(' ', tenant_id, kind))
  FROM (
    SELECT DISTINCT tenant_id, CASE WHEN outcome = 'allowed' THEN split_part(action, '.', 1) END AS kind FROM added
  ) changed;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER notify_changes AFTER INSERT ON audit_log
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_changes();
