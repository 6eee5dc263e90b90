select to_jsonb(s) as stored from sync_sources s order by s.rank, s.name limit $1
