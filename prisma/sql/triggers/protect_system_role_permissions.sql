-- The permissions of a system role are written in the transaction that creates the role, and afterwards by the
-- migrating login only.
CREATE OR REPLACE FUNCTION protect_system_role_permissions() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  touched role_permission;
BEGIN
  IF TG_OP = 'DELETE' THEN touched := OLD; ELSE touched := NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM role
    WHERE tenant_id = touched.tenant_id AND id = touched.role_id AND is_system
      AND (TG_OP <> 'INSERT' OR role.xmin <> pg_current_xact_id()::xid)
  ) THEN
    RAISE EXCEPTION USING ERRCODE = 'RC003', MESSAGE = 'system roles cannot be changed';
  END IF;
  RETURN touched;
END $$;
DO $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER protect_system_role_permissions BEFORE INSERT OR UPDATE OR DELETE ON role_permission
    FOR EACH ROW WHEN (current_user <> %L) EXECUTE FUNCTION protect_system_role_permissions()', current_user);
END $$;
