select to_jsonb(g) as stored from access_exceptions g where true
