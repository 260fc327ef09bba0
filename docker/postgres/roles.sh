#!/bin/sh
# Creates the roles and gives each its password, from the files in SECRETS (default /run/secrets).
# Where to: PGHOST, PGPORT, PGUSER, PGDATABASE, as every client of PostgreSQL reads them.
set -eu

secrets=${SECRETS:-/run/secrets}
PGPASSWORD=$(cat "$secrets/postgres_password")
export PGPASSWORD

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file "$(dirname -- "$0")/roles.sql"

for role in tideline_owner tideline_job tideline_support tideline_product tideline_privacy; do
    # Read inside psql, so that no password is ever an argument that a list of processes would show.
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 <<SQL
\set password \`cat "$secrets/${role}_password"\`
ALTER ROLE $role PASSWORD :'password';
SQL
done
