-- The same hint about all users: a change of the permission catalogue may affect any of them.
CREATE OR REPLACE FUNCTION notify_access_of_all() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('access_changed', '*');
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER notify_access_of_all AFTER INSERT OR UPDATE OF retired_at ON permission
  FOR EACH STATEMENT EXECUTE FUNCTION notify_access_of_all();
