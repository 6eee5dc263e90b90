select to_jsonb(g) as stored from access_grants g where g.grant_id = any($1)
