#!/bin/sh
# base-backup.sh DATABASE KEYS: copies the whole private PostgreSQL, and the keys beside it, into two new folders that are to
# lie apart, while it runs. With the WAL that is archived from then on it can be put back to any moment.
set -eu
database=$1 keys=$2
scripts=$(dirname "$0")
data=${ANNALS_DATA_DIR:-./.annals}
url=$(annals database-url --superuser --data-dir "$data")
. "$scripts/connection.sh"
mkdir "$database" "$keys"
sh "$scripts/copy-keys.sh" "$keys"
cp "$data/secret" "$data/ANNALS_CLUSTER" "$keys/"
pg_basebackup --dbname="$url" --pgdata="$database/data" --checkpoint=fast
