#!/bin/sh
# restore.sh DATABASE KEYS ERASURES: puts a backup of back-up.sh into the empty database that DATABASE_URL names and into
# the new data folder that ANNALS_DATA_DIR names, erases whom the ledger ERASURES names, and proves it.
set -eu
database=$1 keys=$2 erasures=$3
scripts=$(dirname "$0")
url=$DATABASE_URL
. "$scripts/connection.sh"
# Before anybody opens the database: it may hold what was destroyed since.
sh "$scripts/put-keys.sh" "$keys" "$erasures" "$ANNALS_DATA_DIR"
# Roles that are there already are no fault; one that is missing ends the next step.
psql --quiet --dbname="$url" --file="$database/roles.sql" >/dev/null 2>&1 || true
pg_restore --exit-on-error --dbname="$url" "$database/database.dump"
annals replay-erasures
replay verify
