-- Returns the active API key with this hash. Unknown, expired and revoked keys return the same: no row.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION api_key_of_hash(hash bytea) RETURNS TABLE (tenant_id uuid, key_id uuid, last_used_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT api_key.tenant_id, api_key.id, api_key.last_used_at FROM api_key
  WHERE api_key.key_hash = hash AND api_key.revoked_at IS NULL
    AND (api_key.expires_at IS NULL OR api_key.expires_at > clock_timestamp())
$$;
GRANT EXECUTE ON FUNCTION api_key_of_hash(bytea) TO rolecall_server;
