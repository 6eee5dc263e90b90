update read.projections set old_version = null, replaced_at = null where name = $1
