-- A hint to every server that rights may have changed: the payload is the user, or the tenant when any member may be
-- affected. PostgreSQL sends it when the transaction commits, each payload once. Nothing relies on its arrival.
CREATE OR REPLACE FUNCTION notify_access() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('access_changed', to_jsonb(NEW) ->> TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER notify_access AFTER UPDATE ON role
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.is_owner IS DISTINCT FROM NEW.is_owner
    OR OLD.effective_permissions IS DISTINCT FROM NEW.effective_permissions OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION notify_access('tenant_id');
CREATE OR REPLACE TRIGGER notify_access_conditions AFTER UPDATE OF conditional_permissions ON role
  FOR EACH ROW WHEN (OLD.conditional_permissions IS DISTINCT FROM NEW.conditional_permissions)
  EXECUTE FUNCTION notify_access('tenant_id');
CREATE OR REPLACE TRIGGER notify_access AFTER UPDATE ON tenant
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.name IS DISTINCT FROM NEW.name OR OLD.slug IS DISTINCT FROM NEW.slug)
  EXECUTE FUNCTION notify_access('id');
CREATE OR REPLACE TRIGGER notify_access AFTER UPDATE ON "user"
  FOR EACH ROW WHEN (OLD.banned IS DISTINCT FROM NEW.banned OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at
    OR OLD.name IS DISTINCT FROM NEW.name OR OLD.email IS DISTINCT FROM NEW.email OR OLD.image_url IS DISTINCT FROM NEW.image_url)
  EXECUTE FUNCTION notify_access('id');
CREATE OR REPLACE TRIGGER notify_access_verified AFTER UPDATE ON "user"
  FOR EACH ROW WHEN (OLD.email_verified IS DISTINCT FROM NEW.email_verified) EXECUTE FUNCTION notify_access('id');
