#!/bin/sh
# back-up.sh FOLDER: backs a deployment up into a new folder, while it runs. The files come first: so the
# database in a backup is never older than what was signed of it.
set -eu
to=$1
data=${ANNALS_DATA_DIR:-./.annals}
url=${DATABASE_URL:-$(annals database-url --superuser --data-dir "$data")}
umask 077
mkdir "$to"
cp -R "$data/log" "$data/log.key" "$data/master.key" "$to/"
pg_dumpall --dbname="$url" --roles-only --no-role-passwords | grep ' annals_' >"$to/roles.sql"
pg_dump --format=custom --file="$to/database.dump" "$url"
