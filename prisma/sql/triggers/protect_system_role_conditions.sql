-- What a system role grants under conditions never changes.
CREATE OR REPLACE FUNCTION protect_system_role_conditions() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'RC003', MESSAGE = 'system roles cannot be changed';
END $$;
CREATE OR REPLACE TRIGGER protect_system_role_conditions BEFORE UPDATE OF conditional_permissions ON role
  FOR EACH ROW WHEN (OLD.is_system AND OLD.conditional_permissions <> NEW.conditional_permissions)
  EXECUTE FUNCTION protect_system_role_conditions();
