#!/bin/sh
# restore-to-a-moment.sh DATABASE KEYS ERASURES WAL FOLDER [TIME]: puts a backup of base-backup.sh into a new data folder,
# with the newest ledger of who was erased and the archived WAL up to TIME (2026-03-01 12:00:00+00), or all of it.
set -eu
database=$1 keys=$2 erasures=$3 wal=$4 to=$5 time=${6:-}
umask 077
mkdir "$to"
sh "$(dirname "$0")/put-keys.sh" "$keys" "$erasures" "$to"
cp -R "$database/data" "$to/"
cat >>"$to/data/postgresql.auto.conf" <<EOF
archive_mode = 'off'
# Nobody is let in before the moment is reached.
hot_standby = 'off'
restore_command = 'cp "$wal/%f" "%p"'
recovery_target_action = 'promote'
EOF
[ -z "$time" ] || echo "recovery_target_time = '$time'" >>"$to/data/postgresql.auto.conf"
touch "$to/data/recovery.signal"
# A private PostgreSQL of root runs as somebody else, who has to get there.
chmod 711 "$to"
chown -R --reference="$wal" "$to/data"
