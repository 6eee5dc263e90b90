#!/bin/sh
# archive.sh FOLDER: writes what was signed since the last time into an archive, and checks all of it, without the
# database, against the policy of the data folder. To be called every night.
set -eu
archive=$1
data=${ANNALS_DATA_DIR:-./.annals}
replay archive "$archive" --data-dir "$data"
replay verify --bundle "$archive" --policy "$data/log/policy"
