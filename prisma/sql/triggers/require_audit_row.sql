-- No change without its audit row, checked when the transaction commits. The last use of an API key is no change of
-- it.
CREATE OR REPLACE FUNCTION require_audit_row() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_log
    WHERE xid = pg_current_xact_id()::text::bigint
      AND created_at > transaction_timestamp() - interval '1 day'
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'RC002', MESSAGE = format('%s changed without an audit row', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE
  audited record;
BEGIN
  FOR audited IN SELECT * FROM (VALUES
    ('tenant', 'INSERT OR UPDATE OF name, slug, status, identity_org_id, ownerless_since'),
    ('membership', 'INSERT OR UPDATE OF status, user_id'),
    ('membership_role', 'INSERT OR UPDATE'),
    ('role', 'INSERT OR UPDATE OF key, name, description, is_system, is_default, is_owner, is_self_assignable, identity_role, parent_role_id, deleted_at'),
    ('role_permission', 'INSERT OR UPDATE OR DELETE'),
    ('invitation', 'INSERT OR UPDATE OF email, token_hash, status, expires_at'),
    ('api_key', 'INSERT OR UPDATE OF name, prefix, key_hash, created_by, expires_at, revoked_at, revoked_by'),
    ('permission', 'INSERT OR UPDATE OF description, scope, retired_at'),
    ('outgoing_webhook', 'INSERT OR UPDATE OR DELETE'),
    ('sync_run', 'INSERT OR UPDATE OF status'),
    ('user', 'INSERT OR UPDATE OF email, name, first_name, last_name, image_url, banned, locked, identity_role, deleted_at')
  ) AS listed (name, events) LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS require_audit_row ON %I', audited.name);
    EXECUTE format('CREATE CONSTRAINT TRIGGER require_audit_row AFTER %s ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_audit_row()',
      audited.events, audited.name);
  END LOOP;
END $$;
