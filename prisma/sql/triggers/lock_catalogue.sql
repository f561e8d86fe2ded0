-- Every change shares this lock (bff/src/db/locks.ts) and so decides by one permission catalogue; a write to the catalogue
-- waits for all of them. A waiting writer holds up the changes of every tenant that begin after it, and the preview of a
-- large one takes seconds: so it waits in short turns and lets the others pass in between.
CREATE OR REPLACE FUNCTION lock_catalogue() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '250ms' AS $$
BEGIN
  FOR turn IN 1..30 LOOP
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('catalogue', 0));
      RETURN NULL;
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_sleep(0.05);
    END;
  END LOOP;
  RAISE EXCEPTION USING ERRCODE = 'lock_not_available', MESSAGE = 'the permission catalogue is in use';
END $$;
CREATE OR REPLACE TRIGGER lock_catalogue BEFORE INSERT OR DELETE OR UPDATE OF code, scope, retired_at ON permission
  FOR EACH STATEMENT EXECUTE FUNCTION lock_catalogue();
