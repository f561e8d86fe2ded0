-- What is remembered of a person is whether they are banned or deleted: whoever is made as neither, or changes in nothing of it,
-- need not be looked at when the transaction ends. Thousands come together when people are copied from the provider.
SET ROLE rolecall_access;
GRANT EXECUTE ON FUNCTION remember_access() TO SESSION_USER;
RESET ROLE;
DROP TRIGGER remembered ON "user";
CREATE CONSTRAINT TRIGGER remembered AFTER INSERT ON "user" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.banned OR NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION remember_access();
CREATE CONSTRAINT TRIGGER remembered_change AFTER UPDATE OF banned, deleted_at ON "user" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.banned <> NEW.banned OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
  EXECUTE FUNCTION remember_access();
SET ROLE rolecall_access;
REVOKE EXECUTE ON FUNCTION remember_access() FROM SESSION_USER;
RESET ROLE;
