-- The audit log and the access history only grow.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'RC004', MESSAGE = format('%s only grows', TG_TABLE_NAME);
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON access_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER refuse_truncate;
ALTER TABLE access_history ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER refuse_truncate;

-- The monthly partitions are guarded when they are made (ensure_audit_partitions).
SELECT guard_audit_partition('audit_log_default');
