select to_jsonb(t) as stored from timeline t where t.global_seq = any($1) order by t.global_seq
