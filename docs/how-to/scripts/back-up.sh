#!/bin/sh
# back-up.sh DATABASE KEYS: backs a deployment up, while it runs, into two new folders: what is sealed, and what opens it.
# They are to lie apart. What was signed comes first: so the database in a backup is never older than that.
set -eu
database=$1 keys=$2
scripts=$(dirname "$0")
data=${ANNALS_DATA_DIR:-./.annals}
url=${DATABASE_URL:-$(annals database-url --superuser --data-dir "$data")}
. "$scripts/connection.sh"
mkdir "$database" "$keys"
sh "$scripts/copy-keys.sh" "$keys"
pg_dumpall --dbname="$url" --roles-only --no-role-passwords | grep ' annals_' >"$database/roles.sql"
pg_dump --format=custom --file="$database/database.dump" "$url"
