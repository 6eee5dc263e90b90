#!/bin/sh
# copy-keys.sh KEYS: copies the keys, and what was signed, into a folder. Without the tiles: a server that starts makes
# them from the database. Without the ledger of who was erased: of that one only the newest counts.
set -eu
keys=$1
data=${ANNALS_DATA_DIR:-./.annals}
umask 077
mkdir "$keys/log"
cp "$data/master.key" "$keys/"
for file in log.key log/checkpoint log/checkpoints log/policy log/receipts; do
    [ ! -e "$data/$file" ] || cp "$data/$file" "$keys/$file"
done
