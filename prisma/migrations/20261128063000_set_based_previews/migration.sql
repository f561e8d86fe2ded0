-- The few users whom no membership lets act: thousands of members are told apart from them without a look at each.
CREATE INDEX user_disabled ON "user" (id) WHERE banned OR deleted_at IS NOT NULL;

-- A preview of a change of thousands of assignments never commits, and so checks none of them. All others check immediately.
ALTER TABLE membership_role ALTER CONSTRAINT membership_role_tenant_id_role_id_fkey DEFERRABLE;
ALTER TABLE membership_role ALTER CONSTRAINT membership_role_tenant_id_membership_id_user_id_fkey DEFERRABLE;

-- The keys of thousands of rows, which live as long as a statement, are not worth compressing.
ALTER TABLE commit_check ALTER COLUMN keys SET STORAGE EXTERNAL, ALTER COLUMN tenant_ids SET STORAGE EXTERNAL;
