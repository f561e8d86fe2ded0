-- The schema of the first release: settings, types, tables by domain, indexes, foreign keys, row-level security, grants, partitions.
-- Functions, views and triggers are in prisma/sql and are applied after the migrations. From here on, every migration keeps data.
--
-- The logins and roles exist before the migrations (prisma/logins.ts creates them, for the whole cluster):
--   rolecall_server    works inside one tenant, the one that app.current_tenant_id names
--   rolecall_platform  reads across tenants, for the pages of the platform's staff
--   rolecall_sync      writes what the identity provider sends
--   rolecall_auth      reaches the accounts of the local identity provider and nothing else
--   rolecall_queue     reaches the job queue and nothing else
--   rolecall_access    cannot log in; owns the functions that answer "what may this user do?"
-- The migrating role (CURRENT_USER) is bound to a tenant as the server is.

-- ── Settings ─────────────────────────────────────────────────────────────────────────────────────

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
SET ROLE rolecall_access;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
RESET ROLE;

-- The accounts of the local identity provider have a schema of their own.
CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO rolecall_auth;

CREATE TYPE "TenantStatus" AS ENUM ('trialing', 'active', 'suspended', 'cancelled', 'archived');
CREATE TYPE "TenantKind" AS ENUM ('platform', 'customer');
CREATE TYPE "MembershipStatus" AS ENUM ('active', 'suspended', 'left');
CREATE TYPE "PermissionScope" AS ENUM ('tenant', 'platform');
CREATE TYPE "InvitationStatus" AS ENUM ('pending', 'accepted', 'revoked', 'expired');

-- ── The scope of a statement, which the policies ask for ────────────────────────────────────────

-- Returns the tenant that the current transaction works in, null outside of one. db/tenant-tx.ts sets it.
CREATE FUNCTION current_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.current_tenant_id', true), '')::uuid;

-- Returns the user whom the current transaction works for, null where it works for the system.
CREATE FUNCTION current_user_id() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('app.current_user_id', true), '');

-- Returns the platform's own tenant, whose members are the staff.
CREATE FUNCTION platform_tenant_id() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-7000-8000-000000000001'::uuid;

GRANT EXECUTE ON FUNCTION current_tenant_id(), current_user_id(), platform_tenant_id()
  TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;

-- ── Tables: users, tenants, memberships ──────────────────────────────────────────────────────────

CREATE TABLE "user" (
  id text NOT NULL,
  email text,
  email_verified boolean NOT NULL DEFAULT false,
  first_name text,
  last_name text,
  name text NOT NULL,
  image_url text,
  sort_name text NOT NULL,
  search_text text NOT NULL,
  banned boolean NOT NULL DEFAULT false,
  locked boolean NOT NULL DEFAULT false,
  identity_role text,
  identity_updated_at bigint NOT NULL DEFAULT 0,
  last_sign_in_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at timestamptz(3),
  CONSTRAINT user_pkey PRIMARY KEY (id)
);

CREATE TABLE tenant (
  id uuid NOT NULL,
  name text NOT NULL,
  slug text NOT NULL,
  status "TenantStatus" NOT NULL DEFAULT 'active',
  kind "TenantKind" NOT NULL DEFAULT 'customer',
  identity_org_id text,
  identity_updated_at bigint NOT NULL DEFAULT 0,
  ownerless_since timestamptz(3),
  is_default boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT tenant_pkey PRIMARY KEY (id)
);

CREATE TABLE membership (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id text NOT NULL,
  status "MembershipStatus" NOT NULL DEFAULT 'active',
  identity_membership_id text,
  identity_role text,
  identity_updated_at bigint NOT NULL DEFAULT 0,
  source text NOT NULL,
  sort_name text NOT NULL,
  search_text text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  left_at timestamptz(3),
  CONSTRAINT membership_pkey PRIMARY KEY (tenant_id, id)
);

-- ── Tables: permissions, roles, assignments ──────────────────────────────────────────────────────

CREATE TABLE permission (
  code text NOT NULL,
  scope "PermissionScope" NOT NULL DEFAULT 'tenant',
  description text NOT NULL,
  is_system boolean NOT NULL DEFAULT false,
  retired_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT permission_pkey PRIMARY KEY (code)
);

CREATE TABLE role (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  is_system boolean NOT NULL DEFAULT false,
  is_default boolean NOT NULL DEFAULT false,
  is_owner boolean NOT NULL DEFAULT false,
  is_self_assignable boolean NOT NULL DEFAULT false,
  identity_role text,
  parent_role_id uuid,
  template_key text,
  effective_permissions text[] DEFAULT ARRAY[]::text[],
  conditional_permissions jsonb NOT NULL DEFAULT '[]',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at timestamptz(3),
  CONSTRAINT role_pkey PRIMARY KEY (tenant_id, id)
);

CREATE TABLE role_permission (
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  permission_code text NOT NULL,
  conditions jsonb,
  CONSTRAINT role_permission_pkey PRIMARY KEY (tenant_id, role_id, permission_code)
);

CREATE TABLE role_version (
  tenant_id uuid NOT NULL,
  role_id uuid NOT NULL,
  number integer NOT NULL,
  snapshot jsonb NOT NULL,
  changed_by text,
  reason text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT role_version_pkey PRIMARY KEY (tenant_id, role_id, number)
);

CREATE TABLE membership_role (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  membership_id uuid NOT NULL,
  role_id uuid NOT NULL,
  user_id text NOT NULL,
  is_primary boolean NOT NULL DEFAULT false,
  valid_from timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  valid_until timestamptz(3),
  granted_by text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ended_at timestamptz(3),
  ended_by text,
  CONSTRAINT membership_role_pkey PRIMARY KEY (tenant_id, id)
);

CREATE TABLE bulk_role_change (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  actor_id text NOT NULL,
  request jsonb NOT NULL,
  status text NOT NULL DEFAULT 'queued',
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  refused jsonb NOT NULL DEFAULT '[]',
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamptz(3),
  CONSTRAINT bulk_role_change_pkey PRIMARY KEY (tenant_id, id)
);

-- What decides about access, as it was after each commit that changed it (prisma/sql/views/current_access.sql lists the kinds).
CREATE TABLE access_history (
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  entity_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  xid bigint NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
  state jsonb NOT NULL,
  CONSTRAINT access_history_pkey PRIMARY KEY (tenant_id, kind, entity_id, at)
);

-- ── Tables: invitations, API keys ────────────────────────────────────────────────────────────────

CREATE TABLE invitation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  email text NOT NULL,
  token_hash bytea NOT NULL,
  status "InvitationStatus" NOT NULL DEFAULT 'pending',
  expires_at timestamptz(3) NOT NULL,
  invited_by text,
  delivery_status text NOT NULL DEFAULT 'not-configured',
  delivery_error text,
  identity_invitation_id text,
  accepted_by text,
  accepted_at timestamptz(3),
  revoked_by text,
  revoked_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT invitation_pkey PRIMARY KEY (tenant_id, id)
);

CREATE TABLE invitation_role (
  tenant_id uuid NOT NULL,
  invitation_id uuid NOT NULL,
  role_id uuid NOT NULL,
  CONSTRAINT invitation_role_pkey PRIMARY KEY (tenant_id, invitation_id, role_id)
);

CREATE TABLE api_key (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash bytea NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  revoked_by text,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT api_key_pkey PRIMARY KEY (tenant_id, id)
);

CREATE TABLE idempotency_key (
  tenant_id uuid NOT NULL,
  actor_id text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  target_id text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT idempotency_key_pkey PRIMARY KEY (tenant_id, actor_id, key)
);

-- ── Tables: audit ────────────────────────────────────────────────────────────────────────────────

-- Partitioned by month; the partitions are at the end of this file.
CREATE TABLE audit_log (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT clock_timestamp(),
  xid bigint NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
  actor_type text NOT NULL,
  actor_id text,
  subject_id text,
  action text NOT NULL,
  target_type text,
  target_id text,
  target_label text,
  before jsonb,
  after jsonb,
  context jsonb,
  outcome text NOT NULL DEFAULT 'allowed',
  severity text NOT NULL DEFAULT 'info',
  category text NOT NULL,
  permission text,
  reason text,
  request_id text,
  session_id text,
  ip text,
  user_agent text,
  event_version integer NOT NULL DEFAULT 1,
  leaf_hash bytea,
  CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, created_at, id)
) PARTITION BY RANGE (created_at);

CREATE TABLE audit_subject (
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  name text,
  email text,
  salt bytea,
  erased_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT audit_subject_pkey PRIMARY KEY (tenant_id, user_id)
);

CREATE TABLE audit_seal (
  tenant_id uuid NOT NULL,
  number integer NOT NULL,
  from_time timestamptz(6) NOT NULL,
  to_time timestamptz(6) NOT NULL,
  row_count integer NOT NULL,
  merkle_root bytea NOT NULL,
  previous_hash bytea,
  hash bytea NOT NULL,
  signature bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT audit_seal_pkey PRIMARY KEY (tenant_id, number)
);

CREATE TABLE outgoing_webhook (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  url text NOT NULL,
  secret bytea NOT NULL,
  actions text[] DEFAULT ARRAY[]::text[],
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT outgoing_webhook_pkey PRIMARY KEY (tenant_id, id)
);

-- ── Tables: sync with the identity provider ──────────────────────────────────────────────────────

CREATE TABLE webhook_event (
  id text NOT NULL,
  source text NOT NULL,
  type text NOT NULL,
  status text NOT NULL DEFAULT 'received',
  object_id text,
  payload jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  occurred_at timestamptz(3),
  received_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  processed_at timestamptz(3),
  request_id text,
  next_attempt_at timestamptz(3),
  CONSTRAINT webhook_event_pkey PRIMARY KEY (id)
);

CREATE TABLE ended_session (
  id text NOT NULL,
  user_id text NOT NULL,
  ended_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT ended_session_pkey PRIMARY KEY (id)
);

CREATE TABLE identity_push (
  tenant_id uuid NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  desired jsonb,
  pushed jsonb,
  status text NOT NULL DEFAULT 'pending',
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  revision integer NOT NULL DEFAULT 1,
  requested_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  pushed_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT identity_push_pkey PRIMARY KEY (tenant_id, object_type, object_id)
);

CREATE TABLE sync_run (
  id uuid NOT NULL,
  kind text NOT NULL,
  mode text NOT NULL DEFAULT 'repair',
  direction text NOT NULL DEFAULT 'pull',
  status text NOT NULL DEFAULT 'running',
  progress jsonb NOT NULL DEFAULT '{}',
  result jsonb,
  error text,
  waiting_until timestamptz(3),
  lease_owner text,
  lease_until timestamptz(3),
  started_by text,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamptz(3),
  CONSTRAINT sync_run_pkey PRIMARY KEY (id)
);

CREATE TABLE sync_drift (
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  user_id text,
  organization_id text,
  kind text NOT NULL,
  fields jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'open',
  repair_direction text,
  note text,
  found_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  repaired_at timestamptz(3),
  CONSTRAINT sync_drift_pkey PRIMARY KEY (id)
);

CREATE TABLE sync_seen (
  run_id uuid NOT NULL,
  object_type text NOT NULL,
  object_id text NOT NULL,
  CONSTRAINT sync_seen_pkey PRIMARY KEY (run_id, object_type, object_id)
);

-- ── Tables: the local identity provider ──────────────────────────────────────────────────────────

-- The tables and their names are Better Auth's. Only its login reaches them: what serves tenants cannot read a password hash.
CREATE TABLE auth."user" (
  "id" text NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  "image" text,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE auth."session" (
  "id" text NOT NULL PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE
);

CREATE TABLE auth."account" (
  "id" text NOT NULL PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL
);

CREATE TABLE auth."verification" (
  "id" text NOT NULL PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE auth."rateLimit" (
  "id" text NOT NULL PRIMARY KEY,
  "key" text NOT NULL UNIQUE,
  "count" integer NOT NULL,
  "lastRequest" bigint NOT NULL
);

-- ── Indexes: look-ups and list orders (prisma/schema declares these) ────────────────────────────────

CREATE INDEX user_sort_name_id_idx ON "user" (sort_name, id);
CREATE INDEX user_created_at_id_idx ON "user" (created_at, id);
CREATE INDEX user_email_idx ON "user" (email);

CREATE UNIQUE INDEX tenant_slug_key ON tenant (slug);
CREATE UNIQUE INDEX tenant_identity_org_id_key ON tenant (identity_org_id);
CREATE INDEX tenant_name_id_idx ON tenant (name, id);
CREATE INDEX tenant_created_at_id_idx ON tenant (created_at, id);

CREATE INDEX membership_tenant_id_sort_name_id_idx ON membership (tenant_id, sort_name, id);
CREATE INDEX membership_tenant_id_status_sort_name_id_idx ON membership (tenant_id, status, sort_name, id);
CREATE INDEX membership_tenant_id_created_at_id_idx ON membership (tenant_id, created_at, id);
CREATE INDEX membership_user_id_idx ON membership (user_id);
CREATE UNIQUE INDEX membership_tenant_id_user_id_key ON membership (tenant_id, user_id);
CREATE UNIQUE INDEX membership_tenant_id_id_user_id_key ON membership (tenant_id, id, user_id);

CREATE INDEX role_tenant_id_name_id_idx ON role (tenant_id, name, id);
CREATE INDEX role_tenant_id_parent_role_id_idx ON role (tenant_id, parent_role_id);

CREATE INDEX role_permission_permission_code_idx ON role_permission (permission_code);

CREATE INDEX membership_role_tenant_id_membership_id_idx ON membership_role (tenant_id, membership_id);
CREATE INDEX membership_role_tenant_id_role_id_idx ON membership_role (tenant_id, role_id);
CREATE INDEX membership_role_user_id_idx ON membership_role (user_id);

CREATE INDEX access_history_tenant_id_at_idx ON access_history (tenant_id, at);

CREATE UNIQUE INDEX invitation_token_hash_key ON invitation (token_hash);
CREATE INDEX invitation_tenant_id_created_at_id_idx ON invitation (tenant_id, created_at, id);
CREATE INDEX invitation_tenant_id_email_id_idx ON invitation (tenant_id, email, id);
CREATE INDEX invitation_tenant_id_expires_at_id_idx ON invitation (tenant_id, expires_at, id);
CREATE UNIQUE INDEX invitation_tenant_id_identity_invitation_id_key ON invitation (tenant_id, identity_invitation_id);

CREATE INDEX invitation_role_tenant_id_role_id_idx ON invitation_role (tenant_id, role_id);

CREATE UNIQUE INDEX api_key_key_hash_key ON api_key (key_hash);
CREATE INDEX api_key_tenant_id_created_at_id_idx ON api_key (tenant_id, created_at, id);
CREATE INDEX api_key_tenant_id_name_id_idx ON api_key (tenant_id, name, id);

CREATE INDEX audit_log_tenant_id_action_created_at_id_idx ON audit_log (tenant_id, action, created_at, id);
CREATE INDEX audit_log_tenant_id_actor_id_created_at_id_idx ON audit_log (tenant_id, actor_id, created_at, id);
CREATE INDEX audit_log_tenant_id_subject_id_created_at_id_idx ON audit_log (tenant_id, subject_id, created_at, id);
CREATE INDEX audit_log_tenant_id_target_id_created_at_id_idx ON audit_log (tenant_id, target_id, created_at, id);
CREATE INDEX audit_log_request_id_idx ON audit_log (request_id);
CREATE INDEX audit_log_xid ON audit_log (xid);
CREATE INDEX audit_log_created_at_id_idx ON audit_log (created_at, id);

CREATE INDEX audit_subject_user_id_idx ON audit_subject (user_id);

CREATE INDEX webhook_event_received_at_id_idx ON webhook_event (received_at, id);
CREATE INDEX webhook_event_object_id_idx ON webhook_event (object_id);

CREATE INDEX ended_session_ended_at_idx ON ended_session (ended_at);

CREATE INDEX identity_push_requested_at_tenant_id_object_type_object_id_idx ON identity_push (requested_at, tenant_id, object_type, object_id);

CREATE INDEX sync_run_started_at_id_idx ON sync_run (started_at, id);

CREATE INDEX sync_drift_run_id_id_idx ON sync_drift (run_id, id);
CREATE UNIQUE INDEX sync_drift_run_id_object_type_object_id_key ON sync_drift (run_id, object_type, object_id);

CREATE INDEX "session_userId_idx" ON auth."session" ("userId");
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");

-- ── Foreign keys ─────────────────────────────────────────────────────────────────────────────────

ALTER TABLE membership ADD CONSTRAINT membership_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE membership ADD CONSTRAINT membership_user_id_fkey
  FOREIGN KEY (user_id) REFERENCES "user" (id);
ALTER TABLE role ADD CONSTRAINT role_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE role ADD CONSTRAINT role_tenant_id_parent_role_id_fkey
  FOREIGN KEY (tenant_id, parent_role_id) REFERENCES role (tenant_id, id);
ALTER TABLE role_permission ADD CONSTRAINT role_permission_tenant_id_role_id_fkey
  FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id);
ALTER TABLE role_permission ADD CONSTRAINT role_permission_permission_code_fkey
  FOREIGN KEY (permission_code) REFERENCES permission (code);
ALTER TABLE membership_role ADD CONSTRAINT membership_role_tenant_id_membership_id_user_id_fkey
  FOREIGN KEY (tenant_id, membership_id, user_id) REFERENCES membership (tenant_id, id, user_id);
ALTER TABLE membership_role ADD CONSTRAINT membership_role_tenant_id_role_id_fkey
  FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id);
ALTER TABLE role_version ADD CONSTRAINT role_version_tenant_id_role_id_fkey
  FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id);
ALTER TABLE invitation ADD CONSTRAINT invitation_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE invitation_role ADD CONSTRAINT invitation_role_tenant_id_invitation_id_fkey
  FOREIGN KEY (tenant_id, invitation_id) REFERENCES invitation (tenant_id, id);
ALTER TABLE invitation_role ADD CONSTRAINT invitation_role_tenant_id_role_id_fkey
  FOREIGN KEY (tenant_id, role_id) REFERENCES role (tenant_id, id);
ALTER TABLE api_key ADD CONSTRAINT api_key_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE sync_drift ADD CONSTRAINT sync_drift_run_id_fkey
  FOREIGN KEY (run_id) REFERENCES sync_run (id);
ALTER TABLE outgoing_webhook ADD CONSTRAINT outgoing_webhook_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenant (id);

-- ── Indexes: rules and work lists (Prisma cannot declare partial indexes) ────────────────────────

CREATE UNIQUE INDEX one_platform ON tenant (kind) WHERE kind = 'platform';
CREATE UNIQUE INDEX one_default_tenant ON tenant ((true)) WHERE is_default;
CREATE UNIQUE INDEX one_active_role_per_key ON role (tenant_id, key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_default_role ON role (tenant_id) WHERE is_default AND deleted_at IS NULL;
CREATE UNIQUE INDEX one_assignment_at_a_time ON membership_role (tenant_id, membership_id, role_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_pending_invitation ON invitation (tenant_id, email) WHERE status = 'pending';
CREATE UNIQUE INDEX one_sync_run ON sync_run ((true)) WHERE status = 'running';

-- Nearly every webhook is applied by the statement that stores it: only the others are in these.
CREATE INDEX webhook_event_due ON webhook_event (next_attempt_at) WHERE status IN ('received', 'failed');
CREATE INDEX webhook_event_not_applied ON webhook_event (status, received_at, id) WHERE status <> 'applied';
CREATE INDEX identity_push_due ON identity_push (next_attempt_at) WHERE status IN ('pending', 'scheduled');

-- ── Row-level security: every table, for its owner too ───────────────────────────────────────────

DO $$
DECLARE
  protected regclass;
BEGIN
  FOR protected IN
    SELECT oid FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'auth'::regnamespace) AND relkind IN ('r', 'p')
      AND relname <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
  END LOOP;
END $$;

-- Tables with a tenant: one restrictive policy that nothing can widen, and one permissive policy per command. The sub-select
-- makes PostgreSQL read the setting once per statement instead of once per row.
DO $$
DECLARE
  target record;
  command text;
  in_tenant text;
BEGIN
  FOR target IN SELECT * FROM (VALUES
    ('tenant',           'id',        'SELECT INSERT UPDATE',        'rolecall_server, CURRENT_USER'),
    ('membership',       'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('role',             'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('role_permission',  'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('role_version',     'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('membership_role',  'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('bulk_role_change', 'tenant_id', 'SELECT INSERT UPDATE',        'rolecall_server'),
    ('access_history',     'tenant_id', 'SELECT',                      'rolecall_server, CURRENT_USER'),
    ('access_history',     'tenant_id', 'INSERT',                      'CURRENT_USER'),
    ('invitation',       'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('invitation_role',  'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('api_key',          'tenant_id', 'SELECT INSERT UPDATE',        'rolecall_server, CURRENT_USER'),
    ('idempotency_key',  'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('audit_log',        'tenant_id', 'SELECT INSERT',               'rolecall_server, CURRENT_USER'),
    ('audit_subject',    'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('audit_seal',       'tenant_id', 'SELECT INSERT',               'rolecall_server, CURRENT_USER'),
    ('outgoing_webhook', 'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER'),
    ('identity_push',    'tenant_id', 'SELECT INSERT UPDATE DELETE', 'rolecall_server, CURRENT_USER')
  ) AS listed (name, tenant_column, commands, logins) LOOP
    in_tenant := format('%I = (SELECT current_tenant_id())', target.tenant_column);
    IF target.commands <> 'INSERT' THEN
      EXECUTE format('CREATE POLICY tenant_isolation ON %I AS RESTRICTIVE FOR ALL TO rolecall_server, CURRENT_USER USING (%s) WITH CHECK (%2$s)',
        target.name, in_tenant);
    END IF;
    FOREACH command IN ARRAY string_to_array(target.commands, ' ') LOOP
      EXECUTE format('CREATE POLICY tenant_%s ON %I FOR %s TO %s %s', lower(command), target.name, command, target.logins,
        CASE command
          WHEN 'INSERT' THEN format('WITH CHECK (%s)', in_tenant)
          WHEN 'UPDATE' THEN format('USING (%s) WITH CHECK (%1$s)', in_tenant)
          ELSE format('USING (%s)', in_tenant)
        END);
    END LOOP;
  END LOOP;
END $$;

-- A user is visible to a tenant through a membership, and to themselves.
CREATE POLICY member_or_self ON "user" FOR SELECT TO rolecall_server
  USING (
    id = (SELECT current_user_id())
    OR EXISTS (
      SELECT 1 FROM membership
      WHERE membership.tenant_id = (SELECT current_tenant_id())
        AND membership.user_id = "user".id
    )
  );
CREATE POLICY own_select ON ended_session FOR SELECT TO rolecall_server
  USING (user_id = (SELECT current_user_id()));

-- The permission catalogue is the same for every tenant. Only work inside the platform's tenant changes it, replays webhooks,
-- and starts, stops and repairs sync runs.
DO $$
DECLARE
  in_platform CONSTANT text := '(SELECT current_tenant_id()) = platform_tenant_id()';
BEGIN
  CREATE POLICY catalogue_select ON permission FOR SELECT TO rolecall_server, CURRENT_USER
    USING ((SELECT current_tenant_id()) IS NOT NULL);
  EXECUTE format('CREATE POLICY catalogue_insert ON permission FOR INSERT TO rolecall_server, CURRENT_USER WITH CHECK (%s)', in_platform);
  EXECUTE format('CREATE POLICY catalogue_update ON permission FOR UPDATE TO rolecall_server, CURRENT_USER USING (%s) WITH CHECK (%1$s)', in_platform);
  EXECUTE format('CREATE POLICY staff_select ON webhook_event FOR SELECT TO rolecall_server USING (%s)', in_platform);
  EXECUTE format('CREATE POLICY staff_update ON webhook_event FOR UPDATE TO rolecall_server USING (%s) WITH CHECK (%1$s)', in_platform);
  EXECUTE format('CREATE POLICY staff_select ON sync_run FOR SELECT TO rolecall_server USING (%s)', in_platform);
  EXECUTE format('CREATE POLICY staff_insert ON sync_run FOR INSERT TO rolecall_server WITH CHECK (%s)', in_platform);
  EXECUTE format('CREATE POLICY staff_update ON sync_run FOR UPDATE TO rolecall_server USING (%s) WITH CHECK (%1$s)', in_platform);
  EXECUTE format('CREATE POLICY staff_select ON sync_drift FOR SELECT TO rolecall_server USING (%s)', in_platform);
  EXECUTE format('CREATE POLICY staff_update ON sync_drift FOR UPDATE TO rolecall_server USING (%s) WITH CHECK (%1$s)', in_platform);
END $$;

-- The logins that work across tenants. For each table: which commands the sync login runs, whether the platform login and the
-- owner of the access functions read it.
DO $$
DECLARE
  target record;
  command text;
BEGIN
  FOR target IN SELECT * FROM (VALUES
    ('user',            'SELECT INSERT UPDATE',        true,  true),
    ('tenant',          'SELECT INSERT UPDATE',        true,  true),
    ('membership',      'SELECT INSERT UPDATE',        true,  true),
    ('membership_role', 'SELECT INSERT UPDATE',        true,  true),
    ('role',            'SELECT INSERT',               true,  true),
    ('role_permission', 'SELECT INSERT',               true,  true),
    ('role_version',    'SELECT INSERT',               true,  false),
    ('permission',      'SELECT',                      true,  true),
    ('access_history',    '',                            false, true),
    ('invitation',      'SELECT INSERT UPDATE',        false, true),
    ('invitation_role', 'SELECT INSERT',               false, false),
    ('api_key',         '',                            false, true),
    ('audit_log',       'SELECT INSERT',               true,  false),
    ('audit_subject',   'SELECT INSERT UPDATE',        true,  false),
    ('webhook_event',   'SELECT INSERT UPDATE',        true,  false),
    ('ended_session',   'SELECT INSERT DELETE',        false, false),
    ('identity_push',   'SELECT INSERT UPDATE',        true,  false),
    ('sync_run',        'SELECT INSERT UPDATE',        true,  false),
    ('sync_drift',      'SELECT INSERT UPDATE DELETE', true,  false),
    ('sync_seen',       'SELECT INSERT UPDATE DELETE', false, false)
  ) AS listed (name, sync_commands, platform_reads, access_reads) LOOP
    FOREACH command IN ARRAY string_to_array(target.sync_commands, ' ') LOOP
      EXECUTE format('CREATE POLICY sync_%s ON %I FOR %s TO rolecall_sync %s', lower(command), target.name, command,
        CASE command
          WHEN 'INSERT' THEN 'WITH CHECK (true)'
          WHEN 'UPDATE' THEN 'USING (true) WITH CHECK (true)'
          ELSE 'USING (true)'
        END);
    END LOOP;
    IF target.platform_reads THEN
      EXECUTE format('CREATE POLICY platform_read ON %I FOR SELECT TO rolecall_platform USING (true)', target.name);
    END IF;
    IF target.access_reads THEN
      EXECUTE format('CREATE POLICY access_read ON %I FOR SELECT TO rolecall_access USING (true)', target.name);
    END IF;
  END LOOP;
END $$;
CREATE POLICY access_insert ON access_history FOR INSERT TO rolecall_access WITH CHECK (true);

CREATE POLICY auth_all ON auth."user" FOR ALL TO rolecall_auth USING (true) WITH CHECK (true);
CREATE POLICY auth_all ON auth."session" FOR ALL TO rolecall_auth USING (true) WITH CHECK (true);
CREATE POLICY auth_all ON auth."account" FOR ALL TO rolecall_auth USING (true) WITH CHECK (true);
CREATE POLICY auth_all ON auth."verification" FOR ALL TO rolecall_auth USING (true) WITH CHECK (true);
CREATE POLICY auth_all ON auth."rateLimit" FOR ALL TO rolecall_auth USING (true) WITH CHECK (true);

-- ── Grants: per login, only what its work needs ──────────────────────────────────────────────────

GRANT SELECT ON "user", audit_log, audit_seal, access_history, ended_session TO rolecall_server;
GRANT SELECT, INSERT ON role_version, idempotency_key TO rolecall_server;
GRANT SELECT, INSERT, DELETE ON invitation_role TO rolecall_server;
GRANT SELECT, INSERT, UPDATE ON tenant, membership, membership_role, role, invitation, permission, api_key, audit_subject,
  identity_push, bulk_role_change, sync_run TO rolecall_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON role_permission, outgoing_webhook TO rolecall_server;
GRANT SELECT, UPDATE ON sync_drift TO rolecall_server;
GRANT SELECT (id, type, status, object_id, attempts, received_at),
  UPDATE (status, attempts, last_error, next_attempt_at) ON webhook_event TO rolecall_server;

GRANT SELECT ON "user", tenant, membership, membership_role, role, role_permission, role_version, permission, audit_log,
  audit_subject, webhook_event, sync_run, sync_drift, identity_push TO rolecall_platform;

GRANT SELECT ON permission, audit_log TO rolecall_sync;
GRANT SELECT, INSERT ON role, role_permission, role_version, invitation_role TO rolecall_sync;
GRANT SELECT, INSERT, UPDATE ON "user", tenant, membership, membership_role, audit_subject, webhook_event, sync_run, invitation,
  identity_push TO rolecall_sync;
GRANT SELECT, INSERT, DELETE ON ended_session, sync_seen TO rolecall_sync;
GRANT SELECT, INSERT, UPDATE, DELETE ON sync_drift TO rolecall_sync;

-- The database writes created_at and xid: no login can date or place a row of the audit log.
GRANT INSERT (tenant_id, id, actor_type, actor_id, subject_id, action, target_type, target_id, target_label, before, after,
  context, outcome, severity, category, permission, reason, request_id, session_id, ip, user_agent, event_version, leaf_hash)
  ON audit_log TO rolecall_server, rolecall_sync;

GRANT SELECT ON "user", tenant, membership, membership_role, role, role_permission, permission TO rolecall_access;
GRANT SELECT, INSERT ON access_history TO rolecall_access;
GRANT SELECT (tenant_id, id, token_hash, status, expires_at) ON invitation TO rolecall_access;
GRANT SELECT (tenant_id, id, key_hash, expires_at, last_used_at, revoked_at) ON api_key TO rolecall_access;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO rolecall_auth;

-- ── Partitions ───────────────────────────────────────────────────────────────────────────────────

-- Takes what no month's partition takes; ensure_audit_partitions() (prisma/sql) makes the months.
CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
ALTER TABLE audit_log_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log_default FORCE ROW LEVEL SECURITY;
