-- No change without its audit row, checked when the transaction commits. The last use of an API key is no change of
-- it.
DROP FUNCTION IF EXISTS require_audit_row() CASCADE;
SET LOCAL ROLE rolecall_access;
CREATE FUNCTION require_audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_log
    WHERE xid = pg_current_xact_id()::text::bigint
      AND created_at > transaction_timestamp() - interval '1 day'
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'RC002', MESSAGE = format('%s changed without an audit row', NEW.table_name);
  END IF;
  RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION require_audit_row() TO SESSION_USER;
RESET ROLE;

CREATE CONSTRAINT TRIGGER require_audit_row AFTER INSERT ON commit_check
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_audit_row();
