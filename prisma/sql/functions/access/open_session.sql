-- Returns the open session of a token at the local identity provider, and whose it is. Unknown tokens and expired sessions return the
-- same: no row. The caller proves possession of the token.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION open_session(token text) RETURNS TABLE (id text, user_id text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT session."id", session."userId" FROM auth."session" session
  WHERE session."token" = open_session.token AND session."expiresAt" > clock_timestamp()
$$;
GRANT EXECUTE ON FUNCTION open_session(text) TO rolecall_server, rolecall_platform;
