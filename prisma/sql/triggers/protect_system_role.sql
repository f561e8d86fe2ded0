-- System roles follow their template: only the migrating login changes them, when the server starts.
CREATE OR REPLACE FUNCTION protect_system_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.key, NEW.name, NEW.description, NEW.is_system, NEW.is_owner, NEW.parent_role_id, NEW.deleted_at, NEW.effective_permissions)
     IS DISTINCT FROM
     (OLD.key, OLD.name, OLD.description, OLD.is_system, OLD.is_owner, OLD.parent_role_id, OLD.deleted_at, OLD.effective_permissions)
  THEN
    RAISE EXCEPTION USING ERRCODE = 'RC003', MESSAGE = 'system roles cannot be changed';
  END IF;
  RETURN NEW;
END $$;
DO $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER protect_system_role BEFORE UPDATE ON role
    FOR EACH ROW WHEN (OLD.is_system AND current_user <> %L) EXECUTE FUNCTION protect_system_role()', current_user);
END $$;
