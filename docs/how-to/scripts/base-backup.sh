#!/bin/sh
# base-backup.sh FOLDER: copies the whole private PostgreSQL and what stands beside it into a new folder, while it runs.
# With the WAL that is archived from then on it can be put back to any moment.
set -eu
to=$1
data=${ANNALS_DATA_DIR:-./.annals}
url=$(annals database-url --superuser --data-dir "$data")
umask 077
mkdir "$to"
cp -R "$data/log" "$data/log.key" "$data/master.key" "$data/secret" "$data/ANNALS_CLUSTER" "$to/"
pg_basebackup --dbname="$url" --pgdata="$to/data" --checkpoint=fast
