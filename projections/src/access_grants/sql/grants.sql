select to_jsonb(g) as stored from access_grants g where true
