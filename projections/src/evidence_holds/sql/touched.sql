select hold_id as key, to_jsonb(h) as stored from evidence_holds h where hold_id = any($1)
