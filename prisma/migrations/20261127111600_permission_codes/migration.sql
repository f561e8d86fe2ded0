-- Two or three parts of letters, digits, underscores, dots and hyphens: PERMISSION_CODE in bff/src/access/permissions.ts.
ALTER TABLE permission ADD CONSTRAINT permission_code_form
  CHECK (code ~ '^[a-z][a-z0-9_.-]{0,62}(:[a-z][a-z0-9_.-]{0,62}){1,2}$');
