#!/bin/sh
# put-keys.sh KEYS ERASURES FOLDER: puts what copy-keys.sh copied into a data folder that has none of it, with the newest
# ledger of who was erased, or `none` if nobody ever was.
set -eu
keys=$1 erasures=$2 to=$3
for there in "$to/log" "$to/log.key" "$to/master.key"; do
    [ ! -e "$there" ] || { echo "$there is there already: what it knows would be lost" >&2 && exit 1; }
done
[ "$erasures" = none ] || [ -f "$erasures" ] || { echo "there is no ledger $erasures" >&2 && exit 1; }
umask 077
mkdir -p "$to"
cp -R "$keys/." "$to/"
rm -f "$to/log/erasures"
[ "$erasures" = none ] || cp "$erasures" "$to/log/erasures"
