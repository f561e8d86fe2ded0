-- invited_email_key() reads who an invitation is for.
GRANT SELECT (email_key) ON invitation TO rolecall_access;
