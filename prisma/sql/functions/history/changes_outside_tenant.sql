-- Returns what happened outside the current tenant and changed access in it: permissions retired or restored, members banned.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION changes_outside_tenant(after timestamptz, until timestamptz)
RETURNS TABLE (kind text, entity_id text, at timestamptz, state jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT changed.kind, changed.entity_id, changed.at, changed.state FROM access_history changed
  WHERE changed.tenant_id = platform_tenant_id() AND changed.kind IN ('permission', 'user')
    AND changed.at > after AND changed.at <= until
    AND changed.state IS DISTINCT FROM (
      SELECT previous.state FROM access_history previous
      WHERE previous.tenant_id = changed.tenant_id AND previous.kind = changed.kind
        AND previous.entity_id = changed.entity_id AND previous.at < changed.at
      ORDER BY previous.at DESC LIMIT 1)
    AND (changed.kind = 'permission' OR EXISTS (
      SELECT 1 FROM membership member WHERE member.tenant_id = current_tenant_id() AND member.user_id = changed.entity_id))
  ORDER BY changed.at
$$;
GRANT EXECUTE ON FUNCTION changes_outside_tenant(timestamptz, timestamptz) TO rolecall_server;
