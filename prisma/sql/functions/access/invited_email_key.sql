-- Returns the key of the address that an open invitation is for; null for a token that is unknown, used, revoked or expired. The caller
-- proves possession of the token by its hash.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION invited_email_key(hash bytea) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT invitation.email_key FROM invitation JOIN tenant ON tenant.id = invitation.tenant_id
  WHERE invitation.token_hash = hash AND invitation.status = 'pending' AND invitation.expires_at > clock_timestamp()
    AND tenant_is_usable(tenant.status)
$$;
GRANT EXECUTE ON FUNCTION invited_email_key(bytea) TO rolecall_server;
