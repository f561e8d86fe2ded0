-- Returns which invitation a token names. The caller proves possession of the token by its hash.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION invitation_of_token(hash bytea) RETURNS TABLE (tenant_id uuid, invitation_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT invitation.tenant_id, invitation.id FROM invitation WHERE invitation.token_hash = hash
$$;
GRANT EXECUTE ON FUNCTION invitation_of_token(bytea) TO rolecall_server;
