-- Addresses are compared by a key and shown as written. The server computes the keys of users at its next start
-- (bff/src/derived-columns.ts); the addresses of invitations were keys already.
ALTER TABLE "user" ADD COLUMN email_key text;
ALTER TABLE invitation ADD COLUMN email_key text;

ALTER TABLE invitation NO FORCE ROW LEVEL SECURITY;
UPDATE invitation SET email_key = email;
ALTER TABLE invitation FORCE ROW LEVEL SECURITY;

DROP INDEX user_email_idx;
CREATE INDEX user_email_key_idx ON "user" (email_key);
DROP INDEX invitation_tenant_id_email_id_idx;
CREATE INDEX invitation_tenant_id_email_key_id_idx ON invitation (tenant_id, email_key, id);
DROP INDEX one_pending_invitation;
CREATE UNIQUE INDEX one_pending_invitation ON invitation (tenant_id, email_key) WHERE status = 'pending';

-- Better Auth finds accounts by "email", in the form it accepts; null where that is what the user typed.
ALTER TABLE auth."user" ADD COLUMN "writtenEmail" text;
