#!/bin/sh
# restore.sh FOLDER: puts a backup of back-up.sh into the empty database that DATABASE_URL names and into the new data
# folder that ANNALS_DATA_DIR names, and proves it.
set -eu
from=$1
umask 077
mkdir -p "$ANNALS_DATA_DIR"
cp -R "$from/log" "$from/log.key" "$from/master.key" "$ANNALS_DATA_DIR/"
# Roles that are there already are no fault; one that is missing ends the next step.
psql --quiet --dbname="$DATABASE_URL" --file="$from/roles.sql" >/dev/null 2>&1 || true
pg_restore --exit-on-error --dbname="$DATABASE_URL" "$from/database.dump"
replay verify
