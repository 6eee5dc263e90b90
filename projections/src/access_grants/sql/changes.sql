select to_jsonb(g) as stored from access_changes g where true
