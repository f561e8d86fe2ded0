-- Returns the context in which conditions are evaluated.
CREATE OR REPLACE FUNCTION access_context(
  user_id text, email text, email_verified boolean, tenant_id uuid, tenant_slug text, resource jsonb
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'user', jsonb_build_object('id', user_id, 'email', email, 'emailVerified', email_verified),
    'tenant', jsonb_build_object('id', tenant_id, 'slug', tenant_slug), 'resource', resource)
$$;
GRANT EXECUTE ON FUNCTION access_context(text, text, boolean, uuid, text, jsonb) TO rolecall_server, rolecall_access;
