-- Pushes a role that has another name at the identity provider again for all who hold it.
CREATE OR REPLACE FUNCTION push_renamed_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM request_push(NEW.tenant_id, array_agg(user_id)) FROM membership_role
  WHERE tenant_id = NEW.tenant_id AND role_id = NEW.id AND ended_at IS NULL HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER push_renamed_role AFTER UPDATE ON role
  FOR EACH ROW WHEN (OLD.identity_role IS DISTINCT FROM NEW.identity_role OR OLD.key IS DISTINCT FROM NEW.key)
  EXECUTE FUNCTION push_renamed_role();
