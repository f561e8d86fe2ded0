-- The audit log and the access history only grow.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'RC004', MESSAGE = format('%s only grows', TG_TABLE_NAME);
END $$;
CREATE OR REPLACE TRIGGER only_grows BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_empty BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER only_grows BEFORE UPDATE OR DELETE ON access_state FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_empty BEFORE TRUNCATE ON access_state FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER never_empty;
ALTER TABLE access_state ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER never_empty;
