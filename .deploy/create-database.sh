#!/bin/sh
# Creates the owner's login, the database and a login for backups. Run once, as a superuser of PostgreSQL.
set -eu
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -v owner="$OWNER_PASSWORD" -v backup="$BACKUP_PASSWORD" <<'SQL'
CREATE ROLE rolecall_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE DATABASE rolecall OWNER rolecall_owner;
CREATE ROLE rolecall_backup LOGIN BYPASSRLS PASSWORD :'backup';
GRANT pg_read_all_data TO rolecall_backup;
SQL
