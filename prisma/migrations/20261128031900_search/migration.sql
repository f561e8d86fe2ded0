-- Search by trigrams. Both extensions come with PostgreSQL and are trusted: the owner of a database may create them. Where they are
-- installed already, they stay in the schema they are in.
CREATE SCHEMA search;
GRANT USAGE ON SCHEMA search TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA search;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA search;

-- What `q` searches of an event, and the filters of few values: folded terms after a blank. Short enough to be inlined, so that the index
-- is as fast as the expression.
CREATE FUNCTION search.audit_text(action text, category text, outcome text, permission text, folded text, label text, reason text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ' ' || action || ' ' || category || CASE outcome WHEN 'allowed' THEN '' ELSE ' denied' END || coalesce(' ' || permission, '')
    || ' ' || coalesce(translate(folded, E'\n', ' '), lower(coalesce(label, '') || ' ' || coalesce(reason, '')))
$$;
GRANT EXECUTE ON FUNCTION search.audit_text TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;

-- Every partition gets what the audit log has, also those to come. With short lists of what is not in its place yet, new events are found
-- as fast as old ones. The index of actions goes: the next rows of the list hold an action that is common, and this index leads to one that
-- is rare.
SET LOCAL maintenance_work_mem = '256MB';
DO $$
DECLARE
  trigrams CONSTANT text := (
    SELECT format('%I.gin_trgm_ops', nspname) FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
    WHERE extname = 'pg_trgm');
BEGIN
  EXECUTE format('CREATE INDEX audit_log_text ON audit_log USING gin (tenant_id, (search.audit_text(action, category, outcome,
    permission, search_text, target_label, reason)) %s) WITH (gin_pending_list_limit = 256)', trigrams);
  EXECUTE format('CREATE INDEX user_text ON "user" USING gin (('' '' || search_text) %s) WITH (gin_pending_list_limit = 256)', trigrams);
  EXECUTE format('CREATE INDEX membership_text ON membership USING gin (tenant_id, ('' '' || search_text) %s)
    WITH (gin_pending_list_limit = 256)', trigrams);
  EXECUTE format('CREATE INDEX audit_subject_text ON audit_subject USING gin (tenant_id, ('' '' || search_text) %s)
    WITH (gin_pending_list_limit = 256)', trigrams);
END $$;
DROP INDEX audit_log_tenant_id_action_created_at_id_idx;

-- find_events() and members_with_text() look for terms as rolecall_access: under row-level security LIKE cannot use an index.
GRANT SELECT (tenant_id, id, created_at, actor_id, impersonator_id, subject_id, target_id, action, category, outcome, permission,
  search_text, target_label, reason, request_id) ON audit_log TO rolecall_access;
GRANT SELECT (tenant_id, user_id, search_text) ON audit_subject TO rolecall_access;
CREATE POLICY access_read ON audit_subject FOR SELECT TO rolecall_access USING (true);

-- OFFSET 0 keeps PostgreSQL from reading all members of the tenant for a page of them.
ALTER POLICY member_or_self ON "user" USING (
  id = (SELECT current_user_id())
  OR EXISTS (
    SELECT 1 FROM membership
    WHERE membership.tenant_id = (SELECT current_tenant_id())
      AND membership.user_id = "user".id OFFSET 0
  )
);
