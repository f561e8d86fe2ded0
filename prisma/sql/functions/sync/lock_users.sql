-- Returns the users with these ids, each locked until the transaction ends, in the order given. One round trip:
-- batches of webhooks begin with it.
CREATE OR REPLACE FUNCTION lock_users(ids text[]) RETURNS SETOF "user"
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('user:' || id, 0)) FROM unnest(ids) AS id;
  -- A statement of its own: it sees what others committed while the locks were awaited. One look-up for each id, whatever the
  -- planner believes of a table that it has not seen grow.
  RETURN QUERY SELECT person.* FROM unnest(ids) AS listed (id)
    CROSS JOIN LATERAL (SELECT * FROM "user" WHERE "user".id = listed.id OFFSET 0) person;
END
$$;
GRANT EXECUTE ON FUNCTION lock_users(text[]) TO rolecall_sync;
