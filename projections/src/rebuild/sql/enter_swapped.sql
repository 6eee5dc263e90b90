-- $3: whether what was live before stays as the old one. Whoever held the lease takes it anew.
insert into read.projections (name, version) values ($1, $2)
on conflict (name) do update set
    old_version = case when $3 then projections.version end,
    replaced_at = case when $3 then clock_timestamp() end,
    version = excluded.version, epoch = projections.epoch + 1
