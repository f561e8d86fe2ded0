-- System roles follow their template: the login that migrates brings them up to date at start, and nobody else changes them.
DO $$
BEGIN
  DROP TRIGGER keep_system_role ON role;
  DROP TRIGGER keep_system_role_permissions ON role_permission;
  EXECUTE format('CREATE TRIGGER keep_system_role BEFORE UPDATE ON role
    FOR EACH ROW WHEN (OLD.is_system AND current_user <> %L) EXECUTE FUNCTION keep_system_role()', current_user);
  EXECUTE format('CREATE TRIGGER keep_system_role_permissions BEFORE INSERT OR UPDATE OR DELETE ON role_permission
    FOR EACH ROW WHEN (current_user <> %L) EXECUTE FUNCTION keep_system_role_permissions()', current_user);
END $$;
