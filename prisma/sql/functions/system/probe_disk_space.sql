-- Fails while the disk is full: a new table always needs new pages. Called only after a write failed for want of space.
CREATE OR REPLACE FUNCTION probe_disk_space() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CREATE UNLOGGED TABLE public.disk_space_probe AS SELECT sha512(line::text::bytea) FROM generate_series(1, 4096) AS line;
  DROP TABLE public.disk_space_probe;
END $$;
REVOKE EXECUTE ON FUNCTION probe_disk_space() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION probe_disk_space() TO rolecall_server;
