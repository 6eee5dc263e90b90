insert into read.projections (name, version) values ($1, $2)
on conflict (name) do update set
    version = excluded.version, epoch = projections.epoch + 1, last_error = null, failed_at = null
