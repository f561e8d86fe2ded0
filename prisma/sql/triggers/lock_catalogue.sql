-- Every change shares this lock (bff/src/db/locks.ts) and so decides by one permission catalogue; a write to the catalogue
-- waits for them. Previews, which may take seconds, read a snapshot instead.
CREATE OR REPLACE FUNCTION lock_catalogue() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('catalogue', 0));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER lock_catalogue BEFORE INSERT OR DELETE OR UPDATE OF code, scope, retired_at ON permission
  FOR EACH STATEMENT EXECUTE FUNCTION lock_catalogue();
